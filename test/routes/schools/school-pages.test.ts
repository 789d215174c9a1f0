import assert from 'node:assert/strict'
import type { SchoolUnit } from '../../../src/features/schools/index.js'
import { startApp, type TestApp } from '../../support/app.js'
import type { Browser } from '../../support/browse.js'
import { aSchool } from '../../support/builders-register.js'

describe('the pages of schools', () => {
  let test: TestApp
  let units: ReadonlyMap<string, SchoolUnit>
  const id = (name: string): string => units.get(name)?.id ?? ''

  before(async () => {
    test = await startApp()
    await test.services.schools.register([
      aSchool({ schoolIdGovt: 'A', name: 'OŠ Đurđevik', municipality: 'cazin' }),
      aSchool({
        schoolIdGovt: 'B',
        name: 'PŠ Vrelo',
        parentSchoolIdGovt: 'A',
        connectivityGovt: false,
        numStudents: 12,
        numComputers: 0,
        schoolAreaType: 'rural',
        specialEducation: null,
      }),
      aSchool({
        schoolIdGovt: 'C',
        name: 'OŠ Tuzla',
        authority: 'TK',
        municipality: 'tuzla',
        educationLevelGovt: 'Primary',
        languageOfInstruction: 'hr',
      }),
      aSchool({
        schoolIdGovt: 'D',
        name: 'Muzička škola',
        authority: 'ZDK',
        educationLevelGovt: 'osnovna muzička',
        languageOfInstruction: 'bosanski, hrvatski',
      }),
      ...Array.from({ length: 25 }, () => aSchool({ authority: 'RS', municipality: 'prijedor' })),
    ])
    units = new Map((await test.services.schools.allUnits()).map((unit) => [unit.name, unit]))
  })
  after(() => test.close())

  const titles = (person: Browser): string[] =>
    person
      .$('.spona-rows__title')
      .map((_, title) => person.$(title).text())
      .get()

  it('are for those who may see schools: a stranger is asked to sign in, a company is refused', async () => {
    const stranger = await test.browse().open('/schools')
    assert.equal(stranger.path, '/sign-in')
    const company = await test.signedIn('company', { organisation: 'a'.repeat(24) })
    assert.equal((await company.open('/schools')).status, 403)
    assert.equal((await company.open(`/schools/${id('OŠ Tuzla')}`)).status, 403)
  })

  it('show a coordinator the units of the authority and nobody else’s', async () => {
    const person = await test.signedIn('coordinator', { authorities: ['USK'] })
    await person.open('/schools')
    assert.deepEqual(titles(person), ['OŠ Đurđevik', 'PŠ Vrelo'])
    assert.equal(person.$('#authority').length, 0)
    assert.ok(person.$('#municipality option').length > 5)
    assert.equal((await person.open(`/schools/${id('OŠ Tuzla')}`)).status, 404)
  })

  it('are searched in either script and filtered, with the question kept', async () => {
    const person = await test.signedIn('national-coordinator')
    await person.open('/schools?q=Ђурђевик')
    assert.deepEqual(titles(person), ['OŠ Đurđevik'])
    assert.equal(person.$('#q').attr('value'), 'Ђурђевик')
    await person.open('/schools?q=djurdjevik&connectivity=no')
    assert.deepEqual(titles(person), [])
    assert.match(person.text('main'), /No school unit fits these filters/)
    await person.open('/schools?authority=TK&tier=9&unit=what')
    assert.deepEqual(titles(person), ['OŠ Tuzla'])
    assert.equal(person.$('#authority option[selected]').attr('value'), 'TK')
  })

  it('lead from page to page and keep the filter', async () => {
    const person = await test.signedIn('administrator')
    await person.open('/schools?authority=RS')
    assert.equal(titles(person).length, 20)
    const next = person.$('a[rel=next]').attr('href') ?? ''
    assert.match(next, /authority=RS/)
    await person.open(next)
    assert.equal(titles(person).length, 5)
  })

  it('show a school its own units, and what makes the index of a branch', async () => {
    const person = await test.signedIn('school', { organisation: id('OŠ Đurđevik') })
    await person.open('/schools')
    assert.equal(person.text('h1'), 'Our school units')
    await person.follow('PŠ Vrelo')
    assert.equal(person.text('h1'), 'PŠ Vrelo')
    const branch = units.get('PŠ Vrelo')
    const main = person.text('main')
    assert.match(main, /No internet line\./)
    assert.match(main, /No computers or tablets\./)
    assert.match(main, /Special education not stated/)
    assert.match(main, new RegExp(`${branch?.tier ?? 0} of 5`))
    assert.match(main, /Central school OŠ Đurđevik/)
    await person.follow('OŠ Đurđevik')
    assert.equal(person.text('h1'), 'OŠ Đurđevik')
    assert.match(person.text('main'), /PŠ Vrelo 12 No internet/)
    assert.equal((await person.open(`/schools/${id('OŠ Tuzla')}`)).status, 404)
  })

  it('write the codes of the register out, and leave its own words as they are', async () => {
    const person = await test.signedIn('administrator')
    await person.open(`/schools/${id('OŠ Tuzla')}`)
    assert.match(person.text('main'), /Level of education primary .* Language of instruction Croatian/)
    await person.open(`/schools/${id('Muzička škola')}`)
    assert.match(
      person.text('main'),
      /Level of education osnovna muzička .* Language of instruction bosanski, hrvatski/,
    )
  })

  it('are not there for ids of nothing', async () => {
    const person = await test.signedIn('administrator')
    assert.equal((await person.open(`/schools/${'0'.repeat(24)}`)).status, 404)
    assert.equal((await person.open('/schools/what')).status, 404)
  })

  it('publish the weights and the limits of the tiers to everybody, in every language', async () => {
    const stranger = await test.browse().open('/equity')
    assert.equal(stranger.status, 200)
    assert.match(stranger.text('main'), /Internet line 22% 1 without a line/)
    assert.match(stranger.text('main'), /0\.64 and more/)
    for (const language of ['bs', 'hr', 'sr-Latn', 'sr-Cyrl']) {
      assert.equal((await test.browse(language).open('/equity')).status, 200)
    }
    const reader = await test.browse('sr-Cyrl').open('/equity')
    assert.match(reader.text('h1'), /Индекс правичности/)
  })
})
