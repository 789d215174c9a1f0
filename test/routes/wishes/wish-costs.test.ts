import { strict as assert } from 'node:assert'
import { wishCostModel } from '../../../src/features/wishes/wish-cost-model.js'
import { startApp, type TestApp } from '../../support/app.js'
import { registerSchool, runRoundNow, storeNeedOf, storeOfferOfCompany } from '../../support/round-scene.js'

const button = 'What does this wish cost?'

describe('The cost of a wish', () => {
  let test: TestApp
  beforeEach(async () => {
    test = await startApp()
  })
  afterEach(() => test.close())

  /** Six of ten laptops are kept for Republika Srpska, where one school needs two; a school in Bihać needs ten. */
  async function scene(share = 60) {
    const [here, there] = [
      await registerSchool(test.services, { name: 'OŠ Bihać' }),
      await registerSchool(test.services, { name: 'OŠ Prijedor', authority: 'RS', municipality: 'prijedor' }),
    ]
    const offer = await storeOfferOfCompany(test, { quantity: 10, wish: { authorities: ['RS'], share } })
    await storeNeedOf(test, here, { quantity: 10, beneficiaries: { students: 100, teachers: 1 } })
    await storeNeedOf(test, there, { quantity: 2, beneficiaries: { students: 8, teachers: 1 } })
    const found = (await test.services.offerUnits.byIds([offer])).get(offer)
    const mirza = await test.signedIn('company', { organisation: found?.companyId ?? '' })
    return { offer, mirza }
  }

  /** Does the questions that wait, as the jobs would. */
  const answerAll = async () => {
    const waiting = await wishCostModel(test.database.connection).find({ state: 'asked' }).lean()
    for (const { _id } of waiting) await test.services.wishCosts.perform(String(_id))
  }

  it('is told to the company in figures, found by solving again, and names no school', async () => {
    const { offer, mirza } = await scene()
    await runRoundNow(test.services)
    await mirza.open(`/offers/${offer}`)
    await mirza.follow(button)
    await mirza.submit({}, button)
    assert.match(mirza.text('[role=status]'), /is being solved again/)
    assert.equal(mirza.response?.headers['refresh'], '3')
    await answerAll()
    await mirza.open(mirza.path)
    const main = mirza.text('main')
    assert.match(main, /Keeping 60 % for schools of Republika Srpska \(6 pieces\) leaves 4 pieces unused/)
    assert.match(main, /Found by solving round 1 with and without the wish/)
    assert.doesNotMatch(main, /Bihać|Prijedor/)
    const amra = await test.signedIn('coordinator', { authorities: ['USK'] })
    await amra.open(`/offers/${offer}/wish-cost`)
    assert.match(amra.text('main'), /leaves 4 pieces unused/)
  })

  it('is nothing where the schools that it is kept for need as much', async () => {
    const { offer, mirza } = await scene(20)
    await runRoundNow(test.services)
    await mirza.open(`/offers/${offer}/wish-cost`)
    await mirza.submit({}, button)
    await answerAll()
    await mirza.open(mirza.path)
    assert.match(mirza.text('main'), /costs nothing/)
  })

  it('cannot be found before a round, nor of an offer that the round did not know', async () => {
    const { offer, mirza } = await scene()
    await mirza.open(`/offers/${offer}/wish-cost`)
    await mirza.submit({}, button)
    assert.equal(mirza.status, 409)
    assert.match(mirza.errors.join(), /No round has been run yet/)
    await runRoundNow(test.services)
    const late = await storeOfferOfCompany(test, { wish: { authorities: ['RS'], share: 20 } })
    const national = await test.signedIn('national-coordinator')
    await national.open(`/offers/${late}/wish-cost`)
    await national.submit({}, button)
    await answerAll()
    await national.open(national.path)
    assert.match(national.text('main'), /did not know this offer yet/)
  })

  it('is asked anew after the wish has changed, and not by those who may not know the offer', async () => {
    const { offer, mirza } = await scene()
    await runRoundNow(test.services)
    await mirza.open(`/offers/${offer}/wish-cost`)
    await mirza.submit({}, button)
    await answerAll()
    await mirza.open(`/offers/${offer}/edit`)
    await mirza.submit({ wishShare: '20' }, 'Save')
    await mirza.open(`/offers/${offer}/wish-cost`)
    assert.doesNotMatch(mirza.text('main'), /unused/)
    await mirza.submit({}, button)
    await answerAll()
    await mirza.open(mirza.path)
    assert.match(mirza.text('main'), /Keeping 20 %.*costs nothing/)
    const other = await storeOfferOfCompany(test)
    assert.equal((await mirza.open(`/offers/${other}/wish-cost`)).status, 404)
    const school = await test.signedIn('school', { organisation: '0123456789abcdef01234567' })
    assert.equal((await school.open(`/offers/${offer}/wish-cost`)).status, 403)
  })
})
