import assert from 'node:assert/strict'
import { startApp, type TestApp } from '../../support/app.js'
import { companyPerson, typedOffer } from '../../support/typed-listings.js'

describe('A company that keeps a part of its offer', () => {
  let app: TestApp
  before(async () => {
    app = await startApp()
    app.setNow(new Date('2026-11-24T09:00:00Z'))
  })
  after(() => app.close())

  it('writes for whom, reads it on the page, and takes it back', async () => {
    const { person } = await companyPerson(app)
    await person.open('/offers/new/DEV-LAPTOP')
    await person.submit(typedOffer({ wishShare: '40', wishAuthorities: ['USK', 'BPK'] }), 'Save as a draft')
    assert.match(
      person.text('main'),
      /40 % \(8 pieces of 20\) for schools of: Una-Sana Canton and Bosnian-Podrinje Canton/,
    )
    await person.follow('Edit')
    assert.equal(person.$('#wishShare').val(), '40')
    assert.equal(person.$('input[name=wishAuthorities]:checked').length, 2)
    await person.submit({ wishShare: '', wishAuthorities: [] }, 'Save')
    assert.doesNotMatch(person.text('main'), /for schools of:/)
  })

  it('is told what does not fit, at the field, and loses nothing', async () => {
    const { person } = await companyPerson(app)
    const attempts = [
      [{ wishShare: '5', wishAuthorities: ['USK'] }, /Part to keep: enter 10 or more/, '#wishShare'],
      [{ wishAuthorities: ['USK'] }, /Part to keep: enter a number from 10 to 100/, '#wishShare'],
      [{ wishShare: '40' }, /Keep it for: tick at least one authority/, '#wishAuthorities'],
      [
        { wishShare: '40', wishAuthorities: ['USK'], scope: 'authorities', authorities: ['RS', 'TK'] },
        /the offer is not valid for schools of Una-Sana Canton/,
        '#wishAuthorities',
      ],
      [
        { wishShare: '40', wishAuthorities: ['RS'], scope: 'authorities', authorities: ['RS'] },
        /these are all the authorities/,
        '#wishAuthorities',
      ],
    ] as const
    for (const [typed, message, field] of attempts) {
      await person.open('/offers/new/DEV-LAPTOP')
      await person.submit(typedOffer(typed), 'Save as a draft')
      assert.equal(person.status, 422)
      assert.match(person.errors.join(), message)
      assert.equal(person.$(`.govuk-error-summary a[href="${field}"]`).length, 1)
      assert.equal(person.$(field).length, 1)
      assert.equal(person.$('#title').val(), 'Laptops for lower classes')
    }
  })
})
