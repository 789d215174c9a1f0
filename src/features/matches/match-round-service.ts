import { Types, type Connection } from 'mongoose'
import type { Clock } from '../../shared/clock.js'
import { isKindCode, kindOf } from '../catalogue/index.js'
import type { PreparedProposal, ProposalStore } from '../runs/index.js'
import { promisedStates, type MatchState } from './match-life.js'
import type { MatchStep } from './match.js'
import { matchModel, type StoredMatch } from './match-model.js'
import { pairTerms } from './pair-terms.js'

type PairRecord = Pick<
  StoredMatch,
  '_id' | 'offerId' | 'needId' | 'schoolId' | 'kind' | 'authority' | 'quantity' | 'rejectedTerms'
>

/** So many matches change at once: few enough that nobody else waits for them. */
const batch = 200

/** What rounds do with matches: find out what stands, and put a new plan in its place. */
export function createProposalStore(connection: Connection, clock: Clock): ProposalStore {
  const matches = matchModel(connection)
  const pairsIn = (state: MatchState): Promise<PairRecord[]> =>
    matches.find({ state }, { offerId: 1, needId: 1, quantity: 1, rejectedTerms: 1 }).lean<PairRecord[]>()

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
    async standing() {
      return (await pairsIn('proposed')).map((record) => ({ ...pairOf(record), quantity: record.quantity }))
    },
    async rejected(offers, needs) {
      return (await pairsIn('rejected'))
        .map((record) => ({ ...pairOf(record), terms: record.rejectedTerms }))
        .filter(({ offerId, needId, terms }) => {
          const [offer, need] = [offers.get(offerId), needs.get(needId)]
          return offer !== undefined && need !== undefined && terms === pairTerms(offer, need)
        })
        .map(({ offerId, needId }) => ({ offerId, needId }))
    },
    async standingOn(side, id) {
      const on = side === 'offer' ? { offerId: id } : { needId: id }
      return matches.distinct('authority', { ...on, state: 'proposed' })
    },
    async promised() {
      const found = await matches
        .find({ state: { $in: promisedStates } }, { offerId: 1, schoolId: 1, kind: 1, authority: 1, quantity: 1 })
        .lean<PairRecord[]>()
      return found.map(({ offerId, schoolId, kind, authority, quantity }) => ({
        offerId: String(offerId),
        schoolId: String(schoolId),
        kind,
        authority,
        quantity,
      }))
    },
    async clear(roundId) {
      await matches.deleteMany({ roundId, state: 'prepared' })
    },
    async prepare(proposals) {
      const at = clock()
      // Made from what is typed and stored already: Mongoose need not look at thousands of them again.
      await matches.insertMany(
        proposals.map((proposal) => recordOf(proposal, at)),
        { lean: true },
      )
    },
    async publish(roundId, step) {
      const others = { roundId: { $ne: new Types.ObjectId(roundId) } }
      const [old, fresh] = await Promise.all([
        matches.countDocuments({ ...others, state: 'proposed' }),
        matches.countDocuments({ roundId, state: 'prepared' }),
      ])
      let done = 0
      const moved = (count: number): Promise<void> => step((done += count), old + fresh)
      await moveAll(others, { from: 'proposed', to: 'superseded' }, moved)
      await moveAll({ roundId: new Types.ObjectId(roundId) }, { from: 'prepared', to: 'proposed' }, moved)
    },
  }
}

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
    rejectedTerms: null,
    createdAt: at,
    updatedAt: at,
  }
}
