import { strict as assert } from 'node:assert'
import { needModel } from '../../../src/features/needs/index.js'
import { createProposalStore } from '../../../src/features/matches/index.js'
import { roundModel } from '../../../src/features/rounds/round-model.js'
import { createRoundRunner, roundSourcesOf } from '../../../src/features/runs/index.js'
import { startPlanWork } from '../../../src/features/planning/index.js'
import { createRoundFiles } from '../../../src/features/rounds/index.js'
import { ConflictError, ForbiddenError } from '../../../src/shared/errors.js'
import { startApp, type TestApp } from '../../support/app.js'
import {
  aCoordinator,
  aNationalCoordinator,
  registerSchool,
  runRoundNow,
  storeNeedOf,
  storeOfferOfCompany,
} from '../../support/round-scene.js'

describe('A round', () => {
  let test: TestApp
  beforeEach(async () => {
    test = await startApp()
  })
  afterEach(() => test.close())

  const proposals = async (state: 'proposed' | 'superseded' | 'rejected' | 'approved' = 'proposed') =>
    (await test.services.matches.list(aCoordinator(), { state })).items

  it('proposes, says why not to whom it could not serve, and writes down what it did', async () => {
    const { services } = test
    const poor = await registerSchool(services, { connectivityGovt: false, numComputers: 0, schoolAreaType: 'rural' })
    const rich = await registerSchool(services)
    await storeOfferOfCompany(test, { quantity: 10 })
    const [first, second] = [
      await storeNeedOf(test, rich, { quantity: 8 }),
      await storeNeedOf(test, poor, { quantity: 8 }),
    ]
    const round = await services.rounds.read(await runRoundNow(services))
    assert.equal(round.state, 'finished')
    assert.equal(round.figures?.certified, true)
    assert.equal(round.counts?.units, 10)
    const queue = await proposals()
    assert.deepEqual(
      queue.map(({ needId, quantity }) => [needId, quantity]),
      [
        [second, 8],
        [first, 2],
      ],
    )
    const whyNot = await services.rounds.whyNot(aCoordinator(), first)
    assert.equal(whyNot?.missing, 6)
    assert.equal(whyNot.reasonCode, 'outbid')
    assert.deepEqual(
      whyNot.holders.map(({ needId }) => needId),
      [second],
    )
    const school = {
      ...aCoordinator(),
      role: 'school' as const,
      organisation: rich.centralId,
      authorities: new Set<string>(),
    }
    assert.deepEqual((await services.rounds.whyNot(school, first))?.holders, [])
    assert.equal(await services.rounds.whyNot({ ...school, organisation: poor.centralId }, first), null)
    assert.equal(await services.rounds.whyNot(aCoordinator(), second), null)
    const acts = (await services.audit.of(round.id)).map(({ act }) => act)
    assert.deepEqual(acts, ['round.requested', 'round.finished'])
  })

  it('takes approved units off both sides, leaves what stays as it is, and puts the rest in its place', async () => {
    const { services } = test
    const unit = await registerSchool(services)
    const [first, second] = [
      await storeOfferOfCompany(test, { quantity: 5 }),
      await storeOfferOfCompany(test, { quantity: 5 }),
    ]
    const need = await storeNeedOf(test, unit, { quantity: 10 })
    await runRoundNow(services)
    const before = await proposals()
    const approved = before.find(({ offerId }) => offerId === first)
    const standing = before.find(({ offerId }) => offerId === second)
    await services.decisions.approve(aCoordinator(), approved?.id ?? '')
    const again = await services.rounds.read(await runRoundNow(services))
    assert.deepEqual(again.changes, { standing: 1, kept: 1, gone: 0, changed: 0, fresh: 0 })
    assert.deepEqual(await proposals(), [standing])

    await needModel(test.database.connection).updateOne({ _id: need }, { $set: { quantity: 8, available: 3 } })
    const last = await services.rounds.read(await runRoundNow(services))
    assert.deepEqual(last.changes, { standing: 1, kept: 0, gone: 0, changed: 1, fresh: 0 })
    assert.deepEqual(
      (await proposals()).map(({ offerId, quantity, roundId }) => [offerId, quantity, roundId]),
      [[second, 3, last.id]],
    )
    assert.deepEqual(
      (await proposals('superseded')).map(({ id }) => id),
      [standing?.id],
    )
    assert.equal((await proposals('approved')).length, 1)
  })

  it('does not propose a rejected pair again', async () => {
    const { services } = test
    const unit = await registerSchool(services)
    await storeOfferOfCompany(test, { quantity: 5 })
    const need = await storeNeedOf(test, unit, { quantity: 5 })
    await runRoundNow(services)
    const [one] = await proposals()
    await services.decisions.reject(aCoordinator(), one?.id ?? '', 'The school closes in June.')
    await runRoundNow(services)
    assert.deepEqual(await proposals(), [])
    assert.equal((await services.rounds.whyNot(aCoordinator(), need))?.reasonCode, 'no-candidate')
  })

  it('gives a unit its maximum of an offer once, not once a round', async () => {
    const { services } = test
    const unit = await registerSchool(services)
    await storeOfferOfCompany(test, { quantity: 20, maxPerSchool: 4 })
    await storeNeedOf(test, unit, { quantity: 10 })
    await runRoundNow(services)
    const [one] = await proposals()
    assert.equal(one?.quantity, 4)
    await services.decisions.approve(aCoordinator(), one.id)
    await runRoundNow(services)
    assert.deepEqual(await proposals(), [])
  })

  it('runs alone in its authorities: whoever asks for another one meanwhile is told who runs what since when', async () => {
    const { rounds } = test.services
    test.setNow(new Date('2026-11-24T09:05:00Z'))
    await rounds.start(aCoordinator(), '')
    await assert.rejects(rounds.start(aNationalCoordinator(), ''), (error: ConflictError) => {
      const { by, since, scope } = error.words.values ?? {}
      assert.deepEqual([by, since], ['Amra', '10:05'])
      assert.match(JSON.stringify(scope), /Una-Sana/)
      return true
    })
    await assert.rejects(rounds.start(aCoordinator('RS', 'USK'), ''), ConflictError)
    assert.equal((await rounds.start(aCoordinator('RS'), '')).number, 2)
  })

  it('starts once when two ask for the same authority at the same moment, and twice for two', async () => {
    const { rounds } = test.services
    const asked = await Promise.allSettled([
      rounds.start(aCoordinator('KS', 'USK'), ''),
      rounds.start(aCoordinator('RS'), ''),
      rounds.start(aCoordinator('USK', 'TK'), ''),
    ])
    assert.deepEqual(asked.map(({ status }) => status).sort(), ['fulfilled', 'fulfilled', 'rejected'])
    assert.equal(asked[1].status, 'fulfilled')
    const refused = asked.find((one) => one.status === 'rejected')
    assert.ok(refused?.reason instanceof ConflictError, String(refused?.reason))
    const numbers = (await rounds.list()).items.map(({ number }) => number)
    assert.deepEqual(numbers, [2, 1])
  })

  it('is not for schools, companies and administrators to start', async () => {
    for (const role of ['school', 'company', 'administrator'] as const) {
      await assert.rejects(test.services.rounds.start({ ...aCoordinator(), role }, ''), ForbiddenError)
    }
  })

  it('is done by a job, begun again when a process died in the middle', async () => {
    const { services, database } = test
    const unit = await registerSchool(services)
    await storeOfferOfCompany(test, { quantity: 5 })
    await storeNeedOf(test, unit, { quantity: 5 })
    const { id } = await services.rounds.start(aCoordinator(), '')
    const store = createProposalStore(database.connection, () => new Date())
    // What a process leaves that died while it stored its plan.
    await roundModel(database.connection).updateOne({ _id: id }, { $set: { state: 'running', attempt: 1 } })
    await services.roundRunner.perform(id)
    await store.clear(id)
    const round = await services.rounds.read(id)
    assert.deepEqual([round.state, round.attempt], ['finished', 2])
    assert.equal((await proposals()).length, 1)
  })

  it('goes on publishing a plan that was wholly stored before the crash', async () => {
    const { services, database } = test
    const unit = await registerSchool(services)
    await storeOfferOfCompany(test, { quantity: 5 })
    await storeNeedOf(test, unit, { quantity: 5 })
    const { id } = await services.rounds.start(aCoordinator(), '')
    const store = createProposalStore(database.connection, () => new Date())
    let die = (): void => undefined
    const death = new Promise<never>((_, reject) => {
      die = () => {
        reject(new Error('killed'))
      }
    })
    const dying = createRoundRunner({
      connection: database.connection,
      clock: () => new Date(),
      record: (session, act) => services.audit.record(session, act),
      sources: roundSourcesOf(services),
      proposals: { ...store, clear: () => Promise.resolve(), publish: () => death },
      files: createRoundFiles(database.connection),
      startWork: startPlanWork,
      report: () => undefined,
      interrupted: () => undefined,
      published: () => Promise.resolve(),
    })
    const dead = dying.perform(id)
    let stored = await services.rounds.read(id)
    for (let look = 0; look < 200 && stored.counts === null; look++) {
      await new Promise((resolve) => setTimeout(resolve, 50))
      stored = await services.rounds.read(id)
    }
    assert.equal(stored.progress.stage, 'publishing')
    await services.roundRunner.perform(id)
    const round = await services.rounds.read(id)
    assert.deepEqual([round.state, round.inputHash], ['finished', stored.inputHash])
    die()
    await dead
    assert.equal((await services.rounds.read(id)).state, 'finished')
    assert.equal((await proposals()).length, 1)
  })

  it('is given up after three deaths, in words', async () => {
    const { services, database } = test
    const { id } = await services.rounds.start(aCoordinator(), '')
    await roundModel(database.connection).updateOne({ _id: id }, { $set: { state: 'running', attempt: 3 } })
    await services.roundRunner.perform(id)
    const round = await services.rounds.read(id)
    assert.equal(round.state, 'failed')
    assert.equal(round.failure?.key, 'round-pages.failure.died')
    assert.equal((await services.rounds.start(aCoordinator(), '')).number, 2)
  })

  it('that nobody works on any more does not keep the next one from starting', async () => {
    const { rounds } = test.services
    const { id } = await rounds.start(aCoordinator(), '')
    test.setNow(new Date(Date.now() + 61_000))
    await rounds.start(aCoordinator(), '')
    assert.equal((await rounds.read(id)).state, 'failed')
  })

  it('can be cancelled until its proposals go into the queues, and leaves nothing behind', async () => {
    const { services, database } = test
    const unit = await registerSchool(services)
    await storeOfferOfCompany(test, { quantity: 5 })
    await storeNeedOf(test, unit, { quantity: 5 })
    const { id } = await services.rounds.start(aNationalCoordinator(), '')
    await assert.rejects(services.rounds.cancel(aCoordinator(), id), ForbiddenError)
    const working = services.roundRunner.perform(id)
    for (let look = 0; look < 200; look++) {
      if ((await services.rounds.read(id)).progress.stage !== 'waiting') break
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
    const cancelled = await services.rounds.cancel(aNationalCoordinator(), id)
    await working
    assert.equal(cancelled.state, 'cancelled')
    assert.deepEqual(await proposals(), [])
    for (const name of ['matches', 'round_files', 'unmatched_needs'])
      assert.equal(await database.connection.collection(name).countDocuments(), 0, name)
    assert.equal((await services.rounds.read(id)).state, 'cancelled')
    const acts = (await services.audit.of(id)).map(({ act }) => act)
    assert.deepEqual(acts, ['round.requested', 'round.cancelled'])
    await assert.rejects(services.rounds.cancel(aNationalCoordinator(), id), ConflictError)
    const next = await runRoundNow(services)
    await assert.rejects(services.rounds.cancel(aNationalCoordinator(), next), ConflictError)
  })

  it('says that it was interrupted, and when, once it is begun again', async () => {
    const { services, database } = test
    const { id } = await services.rounds.start(aNationalCoordinator(), '')
    const beatAt = new Date('2026-11-24T08:30:00Z')
    await roundModel(database.connection).updateOne({ _id: id }, { $set: { state: 'running', attempt: 1, beatAt } })
    await services.roundRunner.perform(id)
    assert.deepEqual((await services.rounds.read(id)).interruptedAt, beatAt)
    const nation = await (await test.signedIn('national-coordinator')).open(`/rounds/${id}`)
    assert.match(nation.text('main'), /This round was interrupted at .*9:30.* because the server stopped/)
  })

  it('is about the authorities of who asked, with what others have no proposals on', async () => {
    const { services } = test
    const mine = await registerSchool(services)
    const theirs = await registerSchool(services, {
      ...{ authority: 'RS', municipality: 'laktasi', latitude: 44.91, longitude: 17.3 },
    })
    await storeOfferOfCompany(test, { quantity: 10 })
    await storeNeedOf(test, theirs, { quantity: 6 })
    await runRoundNow(services, aCoordinator('RS'))
    await storeNeedOf(test, mine, { quantity: 10 })
    const round = await services.rounds.read(await runRoundNow(services))
    assert.equal(round.scope.length, 12)
    const own = await services.rounds.read(await runRoundNow(services, aCoordinator()))
    assert.deepEqual([own.scope, own.figures?.needs, own.counts?.units], [['USK'], 1, 4])
    assert.equal((await services.matches.list(aCoordinator('RS'), { state: 'proposed' })).items[0]?.quantity, 6)
  })
})
