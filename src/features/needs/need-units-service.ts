import type { ClientSession, Connection } from 'mongoose'
import type { KindCode } from '../catalogue/index.js'
import { moveUnits, newestFirst, oneOf, type Move, type Transition } from '../listings/index.js'
import { toNeed } from './need-service.js'
import type { Need, NeedState } from './need.js'
import { needModel, type StoredNeed } from './need-model.js'

/** What a round and a match have to know of a need; not its texts. */
export type OpenNeed = Omit<Need, 'history' | 'reason' | 'choiceHistory'>

/**
 * What other features do with needs. They have checked the rights of the person before; here only the quantities are
 * guarded: what a need is given never exceeds what it asks, whoever else writes at the same moment. The moves throw
 * ConflictError when there are not enough units where they come from.
 */
export interface NeedUnits {
  /** Published and not yet wholly promised, of schools of these authorities; in no particular order. */
  openNeeds(authorities?: readonly string[]): Promise<readonly OpenNeed[]>
  countOpen(): Promise<number>
  /** The newest open needs of these kinds, at most `most`, in these authorities or everywhere. */
  openOfKinds(
    kinds: readonly KindCode[],
    authorities: readonly string[] | null,
    most: number,
  ): Promise<readonly OpenNeed[]>
  /** Those that exist, by id. */
  byIds(ids: readonly string[]): Promise<ReadonlyMap<string, OpenNeed>>
  /** An authority approved; only for a published need. */
  reserveFor(session: ClientSession, needId: string, units: number): Promise<void>
  /** Approved, but it came to nothing. */
  release(session: ClientSession, needId: string, units: number): Promise<void>
  /** Both sides agreed. */
  commit(session: ClientSession, needId: string, units: number): Promise<void>
  /** Agreed, but cancelled. */
  retract(session: ClientSession, needId: string, units: number): Promise<void>
  /** The school counted them; a need that has got everything is met. `by` is the id of the account that counted. */
  deliver(session: ClientSession, needId: string, units: number, by: string, at: Date): Promise<void>
}

/** Whoever reads thousands lets others have their turn in between. */
const atOnce = 100
const brief = { history: 0, reason: 0, choiceHistory: 0, words: 0 } as const
const open = { state: 'published', available: { $gt: 0 } } as const

export function createNeedUnits(connection: Connection): NeedUnits {
  const needs = needModel(connection)
  const move =
    (from: Move['from'], to: Move['to'], where: { readonly state?: string } = {}) =>
    (session: ClientSession, needId: string, units: number): Promise<void> =>
      moveUnits(needs, { ...where, _id: needId }, { from, to, units }, session)
  const receive = move('committed', 'delivered')

  return {
    async openNeeds(authorities) {
      const found: OpenNeed[] = []
      const where = authorities === undefined ? open : { ...open, authority: oneOf(authorities) }
      for await (const need of needs.find(where, brief).lean<StoredNeed[]>().cursor({ batchSize: atOnce })) {
        found.push(toNeed(need))
      }
      return found
    },
    countOpen: () => needs.countDocuments(open),
    async openOfKinds(kinds, authorities, most) {
      const where = { ...open, kind: oneOf(kinds), ...(authorities === null ? {} : { authority: oneOf(authorities) }) }
      const found = await needs.find(where, brief).sort(newestFirst).limit(most).lean<StoredNeed[]>()
      return found.map(toNeed)
    },
    async byIds(ids) {
      const found = await needs.find({ _id: { $in: [...new Set(ids)] } }, brief).lean<StoredNeed[]>()
      return new Map(found.map(toNeed).map((need) => [need.id, need]))
    },
    reserveFor: move('available', 'reserved', { state: 'published' }),
    release: move('reserved', 'available'),
    commit: move('reserved', 'committed'),
    retract: move('committed', 'available'),
    async deliver(session, needId, units, by, at) {
      await receive(session, needId, units)
      for (const from of ['published', 'paused'] as const) {
        const met: Transition<NeedState> = { from, to: 'met', by, at, reason: null }
        await needs.updateOne(
          { _id: needId, state: from, available: 0, reserved: 0, committed: 0 },
          { $set: { state: 'met', updatedAt: at }, $push: { history: met }, $inc: { version: 1 } },
          { session },
        )
      }
    },
  }
}
