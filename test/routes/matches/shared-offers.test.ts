import { strict as assert } from 'node:assert'
import { Types } from 'mongoose'
import type { Actor } from '../../../src/shared/actor.js'
import { ConflictError, ForbiddenError, RuleViolation } from '../../../src/shared/errors.js'
import { startApp, type TestApp } from '../../support/app.js'
import { storeNeed, storeOffer, storeProposal } from '../../support/stored-matches.js'

const person = (role: Actor['role'], ...authorities: string[]): Actor => ({
  id: new Types.ObjectId().toHexString(),
  name: 'Somebody',
  role,
  organisation: null,
  authorities: new Set(authorities),
})
const [usk, rs, nation] = [
  person('coordinator', 'USK'),
  person('coordinator', 'RS'),
  person('national-coordinator'),
] as const

describe('An offer that goes to schools of two authorities', () => {
  let test: TestApp
  beforeEach(async () => {
    test = await startApp()
  })
  afterEach(() => test.close())

  /** Two proposals of one offer: 5 units for a school of Una-Sana canton, 3 for one of Republika Srpska. */
  async function scene(left = 20) {
    const { connection } = test.database
    const offerId = await storeOffer(connection, { quantity: left })
    const [a, b] = [
      await storeProposal(connection, { offerId, isShared: true, quantity: 5 }),
      await storeProposal(connection, { offerId, isShared: true, quantity: 3, authority: 'RS', school: 'OŠ Prijedor' }),
    ] as const
    const offer = async () => (await test.services.offerUnits.byIds([String(offerId)])).get(String(offerId))
    const stateOf = async (id: string) => (await test.services.matches.read(nation, id)).state
    const division = () => test.services.consents.read(nation, String(offerId))
    return { offerId: String(offerId), a, b, offer, stateOf, division }
  }

  it('is approved and reserved once the authority and the nation have agreed, in either order', async () => {
    const { decisions, consents } = test.services
    const { a, b, offerId, offer, stateOf, division } = await scene()
    const agreed = await decisions.approve(usk, a)
    assert.equal(agreed.state, 'proposed')
    assert.equal((await offer())?.reserved, 0)
    await assert.rejects(decisions.approve(usk, a), ConflictError)
    assert.deepEqual(await consents.agree(nation, offerId, (await division()).seen), { approved: 1, waiting: 1 })
    assert.deepEqual([await stateOf(a), await stateOf(b)], ['approved', 'proposed'])
    assert.equal((await decisions.approve(rs, b)).state, 'approved')
    assert.equal((await offer())?.reserved, 8)
    const match = await test.services.matches.read(usk, a)
    assert.deepEqual(
      match.history.map(({ to, party }) => [to, party]),
      [
        ['proposed', 'authority'],
        ['approved', 'nation'],
      ],
    )
    assert.equal((await test.services.audit.verify()).brokenAt, null)
  })

  it('is reserved exactly once when both agree at the same moment', async () => {
    for (let time = 0; time < 8; time++) {
      const { a, b, offerId, offer, stateOf, division } = await scene()
      const { seen } = await division()
      await Promise.all([
        test.services.decisions.approve(usk, a),
        test.services.consents.agree(nation, offerId, seen),
        test.services.decisions.approve(rs, b),
      ])
      assert.deepEqual([await stateOf(a), await stateOf(b)], ['approved', 'approved'])
      const { reserved, available } = (await offer()) ?? {}
      assert.deepEqual([reserved, available], [8, 12])
    }
  })

  it('keeps the consent of the nation where too little is left, and says so to the authority', async () => {
    const { decisions, consents } = test.services
    const { a, b, offerId, stateOf, offer, division } = await scene(6)
    await decisions.approve(usk, a)
    await decisions.approve(rs, b)
    assert.deepEqual(await consents.agree(nation, offerId, (await division()).seen), { approved: 1, waiting: 1 })
    const late = (await stateOf(a)) === 'approved' ? ([rs, b] as const) : ([usk, a] as const)
    await assert.rejects(decisions.approve(...late), (error) => {
      assert.ok(error instanceof ConflictError)
      assert.equal(error.words.key, 'matches.offer-has-less')
      return true
    })
    assert.ok(((await offer())?.reserved ?? 0) <= 6)
  })

  it('is decided as it was read: a division that changed meanwhile is read again', async () => {
    const { consents, decisions } = test.services
    const { a, offerId, division } = await scene()
    const { seen } = await division()
    await decisions.reject(usk, a, 'The school closes in June.')
    await assert.rejects(consents.agree(nation, offerId, seen), ConflictError)
    await assert.rejects(consents.reject(nation, offerId, seen, 'Too much for one canton.'), ConflictError)
  })

  it('is the nation’s and nobody else’s to divide, and not where one authority decides alone', async () => {
    const { consents, decisions } = test.services
    const { a, offerId } = await scene()
    for (const other of [usk, person('administrator'), person('school'), person('company')]) {
      await assert.rejects(consents.list(other, 'awaiting'), ForbiddenError)
      await assert.rejects(consents.agree(other, offerId, ''), ForbiddenError)
    }
    await assert.rejects(decisions.share(usk, a), ForbiddenError)
    const alone = await storeProposal(test.database.connection)
    await assert.rejects(decisions.share(nation, alone), RuleViolation)
    await assert.rejects(decisions.rejectShared(nation, alone, 'Not for this school.'), RuleViolation)
  })

  it('is shown to the national coordinator with its division, who agrees once for the offer', async () => {
    const { a, offer } = await scene()
    const amra = await test.signedIn('coordinator', { authorities: ['USK'] })
    await amra.open(`/matches/${a}`)
    assert.match(amra.text('main'), /The authority and the national coordinator have to agree/)
    await amra.submit({}, 'Approve')
    assert.match(amra.text('.govuk-notification-banner'), /Your consent is recorded/)
    await amra.open(`/matches/${a}`)
    assert.match(amra.text('main'), /The national coordinator has still to agree/)
    assert.equal(amra.$('form[action$="/approve"]').length, 0)
    const ivo = await test.signedIn('national-coordinator')
    await ivo.open('/')
    await ivo.follow('Shared offers')
    assert.equal(ivo.text('.govuk-service-navigation__item--active'), 'Shared offers')
    assert.match(ivo.text('main'), /Una-Sana Canton 5 1 30 yes .*Republika Srpska 3 1 30 not yet/)
    await ivo.submit({}, 'Agree to this division')
    assert.match(ivo.text('.govuk-notification-banner'), /Approved at once: 1; waiting for their authorities: 1/)
    assert.equal((await offer())?.reserved, 5)
    await ivo.follow('See what you have agreed to')
    assert.match(ivo.text('main'), /Republika Srpska 3/)
    await amra.open(`/matches/${a}`)
    assert.match(amra.text('#history'), /approved .*Person 2.*The authority agrees to the division/)
  })

  it('is rejected as a whole with a reason that everybody reads, and a repair is asked for', async () => {
    const { stateOf, a, b } = await scene()
    const ivo = await test.signedIn('national-coordinator')
    await ivo.open('/matches/shared')
    await ivo.open(ivo.$('main a[href$="/reject"]').attr('href') ?? '')
    await ivo.submit({ reason: 'No.' })
    assert.equal(ivo.status, 422)
    assert.equal(ivo.$('textarea').text().trim(), 'No.')
    await ivo.submit({ reason: 'Too much of it goes to one canton.' })
    assert.match(ivo.text('.govuk-notification-banner'), /The division is rejected: 2 proposals/)
    assert.deepEqual([await stateOf(a), await stateOf(b)], ['rejected', 'rejected'])
  })

  it('is counted by the round and by what stands: an offer that one authority alone is given is not shared', async () => {
    const { connection } = test.database
    const { a } = await scene()
    const alone = await storeProposal(connection, { isShared: true })
    const need = await storeNeed(connection)
    const { createProposalStore } = await import('../../../src/features/matches/index.js')
    await createProposalStore(connection, () => new Date()).publish(String(need), () => Promise.resolve())
    const shared = await Promise.all(
      [a, alone].map(async (id) => (await test.services.matches.read(nation, id)).isShared),
    )
    assert.deepEqual(shared, [true, false])
  })
})
