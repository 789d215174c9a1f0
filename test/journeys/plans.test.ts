import { strict as assert } from 'node:assert'
import { startApp, type TestApp } from '../support/app.js'
import { registerSchool, storeNeedOf, storeOfferOfCompany } from '../support/round-scene.js'
import type { Browser } from '../support/browse.js'

/** Reads the page of the round until it has ended. */
async function waitForEnd(person: Browser): Promise<void> {
  for (let look = 0; look < 200 && person.$('.spona-progress').length > 0; look++) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    await person.open(person.path)
  }
}

describe('A national coordinator who wants to reach more pupils', () => {
  let test: TestApp
  before(async () => {
    test = await startApp()
    await test.services.jobs.start()
  })
  after(() => test.close())

  it('runs a round, compares two plans, chooses the other one, and the queue of the canton changes', async () => {
    const { services } = test
    const branch = await registerSchool(services, {
      ...{ name: 'PŠ Kulen Vakuf', connectivityGovt: false, numComputers: 0, schoolAreaType: 'rural', numStudents: 20 },
    })
    const large = await registerSchool(services, { name: 'OŠ Bihać', numStudents: 900 })
    await storeOfferOfCompany(test, { quantity: 10 })
    await storeNeedOf(test, branch, { quantity: 10, beneficiaries: { students: 20, teachers: 0 } })
    await storeNeedOf(test, large, { quantity: 10, beneficiaries: { students: 900, teachers: 0 } })

    const nada = await (await test.signedIn('national-coordinator')).open('/')
    await nada.follow('Rounds')
    await nada.follow('Start a round')
    await nada.submit({ note: '' }, 'Start a round')
    await waitForEnd(nada)
    const amra = await (await test.signedIn('coordinator', { authorities: ['USK'] })).open('/matches')
    assert.match(amra.text('.spona-rows'), /PŠ Kulen Vakuf/)

    await nada.follow('All plans of this round, and who gains and loses')
    await nada.submit({ one: 'equity-first', other: 'most-students' }, 'Compare')
    assert.match(nada.text('main'), /OŠ Bihać/)
    await nada.follow('Plans of the round')
    await nada.follow('Choose another plan')
    await nada.submit({ plan: 'most-students', reason: 'The canton wants to reach more pupils.' })
    await waitForEnd(nada)
    assert.match(nada.text('main'), /1 of 1 proposals changes\. 1 goes\. 1 is new\./)
    assert.match(
      nada.text('main'),
      /“Most pupils”, chosen by Person 1 on .*: “The canton wants to reach more pupils\.”/,
    )
    await amra.open('/matches')
    assert.match(amra.text('.spona-rows'), /OŠ Bihać/)
    assert.doesNotMatch(amra.text('.spona-rows'), /PŠ Kulen Vakuf/)
  })
})
