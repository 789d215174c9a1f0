import { Types, type Connection } from 'mongoose'
import type { Clock } from '../../shared/clock.js'
import { authorityCodes } from '../authorities/index.js'
import { isKindCode, kindOf } from '../catalogue/index.js'
import type { PreparedProposal, ProposalStore, StandingProposal } from '../runs/index.js'
import { matchStates, promisedStates } from './match-life.js'
import type { MatchStep } from './match.js'
import { matchModel, type StoredMatch } from './match-model.js'
import { markShared } from './match-sharing-service.js'
import { pairTerms } from './pair-terms.js'

type PairRecord = Pick<
  StoredMatch,
  '_id' | 'offerId' | 'needId' | 'schoolId' | 'kind' | 'authority' | 'quantity' | 'rejectedTerms'
> &
  Partial<Pick<StoredMatch, 'needsFirst'>>
type Projection = Readonly<Record<string, 0 | 1>>

/** So many matches change at once: few enough that nobody else waits for them. */
const batch = 200
/** So many are read at once. */
const atOnce = 100
/** States of a match that somebody has decided, or that followed from it. */
const decidedStates = matchStates.filter((state) => !['prepared', 'proposed', 'superseded'].includes(state))

/** What rounds do with matches: find out what stands, and put a new plan in its place. */
export function createProposalStore(connection: Connection, clock: Clock): ProposalStore {
  const matches = matchModel(connection)
  const inScope = (scope: readonly string[]) => ({ authority: { $in: scope } })

  /** In pages, so that others have their turn in between. */
  const find = async (where: Readonly<Record<string, unknown>>, fields: Projection): Promise<PairRecord[]> => {
    const found: PairRecord[] = []
    for await (const one of matches.find(where, fields).lean<PairRecord[]>().cursor({ batchSize: atOnce }))
      found.push(one)
    return found
  }

  /** All matches with these conditions from one state into another, in batches; each step is in its history. */
  const moveAll = async (
    where: Readonly<Record<string, unknown>>,
    { from, to }: Pick<MatchStep, 'from' | 'to'>,
    step: (moved: number) => Promise<void>,
  ): Promise<void> => {
    for (;;) {
      const some = await matches
        .find({ ...where, state: from }, { _id: 1 })
        .limit(batch)
        .lean<PairRecord[]>()
      if (some.length === 0) return
      const at = clock()
      const taken: MatchStep = { from, to, by: null, at, reason: null }
      await matches.updateMany(
        { _id: { $in: some.map(({ _id }) => _id) }, state: from },
        { $set: { state: to, updatedAt: at }, $push: { history: taken } },
      )
      await step(some.length)
    }
  }

  return {
    async standing(scope) {
      return (await find({ ...inScope(scope), state: 'proposed' }, brief)).map(standingOf)
    },
    async changesOf(roundId) {
      const [marked, prepared] = await Promise.all([
        find({ goneBy: roundId, state: 'proposed' }, brief),
        find({ roundId, state: 'prepared' }, brief),
      ])
      return { marked: marked.map(standingOf), prepared: prepared.map(standingOf) }
    },
    async standingOn(side, id) {
      const on = side === 'offer' ? { offerId: id } : { needId: id }
      return matches.distinct('authority', { ...on, state: 'proposed' })
    },
    async heldElsewhere(scope) {
      const elsewhere = authorityCodes.filter((code) => !scope.includes(code))
      const found = await find({ ...inScope(elsewhere), state: 'proposed' }, { offerId: 1, quantity: 1 })
      const held = new Map<string, number>()
      for (const { offerId, quantity } of found) held.set(String(offerId), (held.get(String(offerId)) ?? 0) + quantity)
      return held
    },
    async rejected(scope, offers, needs) {
      const found = await find(
        { ...inScope(scope), state: { $in: ['rejected', 'declined'] } },
        { offerId: 1, needId: 1, rejectedTerms: 1 },
      )
      return found
        .map((record) => ({ ...pairOf(record), terms: record.rejectedTerms }))
        .filter(({ offerId, needId, terms }) => {
          const [offer, need] = [offers.get(offerId), needs.get(needId)]
          return offer !== undefined && need !== undefined && terms === pairTerms(offer, need)
        })
        .map(({ offerId, needId }) => ({ offerId, needId }))
    },
    async promised() {
      const fields = { offerId: 1, schoolId: 1, kind: 1, authority: 1, quantity: 1 } as const
      const found = await find({ state: { $in: promisedStates } }, fields)
      return found.map(({ offerId, schoolId, kind, authority, quantity }) => ({
        offerId: String(offerId),
        schoolId: String(schoolId),
        kind,
        authority,
        quantity,
      }))
    },
    async decidedSince(scope, since) {
      const decided = { $elemMatch: { from: 'proposed', by: { $ne: null }, at: { $gte: since } } }
      const where = { ...inScope(scope), state: { $in: decidedStates }, updatedAt: { $gte: since }, history: decided }
      return (await find(where, { offerId: 1, needId: 1 })).map(pairOf)
    },
    async clear(roundId) {
      await matches.deleteMany({ roundId, state: 'prepared' })
      await matches.updateMany({ goneBy: roundId, state: 'proposed' }, { $set: { goneBy: null } })
    },
    async prepare(proposals) {
      const at = clock()
      // Made from what is typed and stored already: Mongoose need not look at thousands of them again.
      await matches.insertMany(
        proposals.map((proposal) => recordOf(proposal, at)),
        { lean: true },
      )
    },
    async mark(roundId, ids) {
      await matches.updateMany({ _id: { $in: ids }, state: 'proposed' }, { $set: { goneBy: idOf(roundId) } })
    },
    async renew(proposals) {
      await matches.bulkWrite(
        proposals.map(({ id, needsFirst }) => ({
          updateOne: { filter: { _id: idOf(id), state: 'proposed' }, update: { $set: { needsFirst } } },
        })),
        { ordered: false },
      )
    },
    async publish(roundId, step) {
      const [gone, fresh] = [{ goneBy: idOf(roundId) }, { roundId: idOf(roundId) }]
      const [old, prepared] = await Promise.all([
        matches.countDocuments({ ...gone, state: 'proposed' }),
        matches.countDocuments({ ...fresh, state: 'prepared' }),
      ])
      let done = 0
      const moved = (count: number): Promise<void> => step((done += count), old + prepared)
      await moveAll(gone, { from: 'proposed', to: 'superseded' }, moved)
      await moveAll(fresh, { from: 'prepared', to: 'proposed' }, moved)
      await markShared(matches)
    },
    async preparing() {
      return (await matches.distinct('roundId', { state: 'prepared' })).map(String)
    },
  }
}

const brief = { offerId: 1, needId: 1, quantity: 1, authority: 1, needsFirst: 1 } as const

const standingOf = (record: PairRecord): StandingProposal => ({
  ...pairOf(record),
  id: String(record._id),
  quantity: record.quantity,
  authority: record.authority,
  needsFirst: record.needsFirst ?? [],
})

const pairOf = ({ offerId, needId }: PairRecord) => ({ offerId: String(offerId), needId: String(needId) })

const idOf = (hex: string): Types.ObjectId => Types.ObjectId.createFromHexString(hex)

function recordOf(
  { kind, roundId, offerId, companyId, needId, schoolId, centralSchoolId, ...rest }: PreparedProposal,
  at: Date,
): StoredMatch {
  const offerKind = rest.offerKind
  if (!isKindCode(kind) || !isKindCode(offerKind))
    throw new RangeError(`A plan proposes what the catalogue does not know: ${kind}, ${offerKind}`)
  return {
    ...rest,
    _id: new Types.ObjectId(),
    roundId: idOf(roundId),
    offerId: idOf(offerId),
    companyId: idOf(companyId),
    needId: idOf(needId),
    schoolId: idOf(schoolId),
    centralSchoolId: idOf(centralSchoolId),
    state: 'prepared',
    offerKind,
    kind,
    category: kindOf(kind).category,
    history: [],
    consents: [],
    rejectedTerms: null,
    goneBy: null,
    createdAt: at,
    updatedAt: at,
  }
}
