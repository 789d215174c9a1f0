import { Types, type Connection, type QueryFilter } from 'mongoose'
import type { Actor } from '../../shared/actor.js'
import type { Clock } from '../../shared/clock.js'
import { ConflictError, ForbiddenError, NotFoundError, RuleViolation } from '../../shared/errors.js'
import type { Page } from '../../shared/page.js'
import { newestFirst, pageOf, rowsOnPage, searchWords, untouched, type Transition } from '../listings/index.js'
import { noChoices, type Choices } from './need-choices.js'
import { mayCreateNeed, ownsNeed, pause, publish, revise, withdraw } from './need.js'
import type { Need, NeedFilter, NeedState, NeedSummary, NeedTerms, NeedUnit } from './need.js'
import { needModel, type StoredNeed } from './need-model.js'
import { conditionsOf, visibleTo } from './need-query-model.js'

/** The use cases of people. Every method throws NotFoundError for a need that the actor may not know of. */
export interface NeedService {
  list(actor: Actor, filter: NeedFilter, cursor?: string): Promise<Page<NeedSummary>>
  read(actor: Actor, id: string): Promise<Need>
  /** Throws ForbiddenError, RuleViolation (the unit is not one of the school's). */
  draft(actor: Actor, written: NeedTerms): Promise<Need>
  /** `version` is the one that was edited. Throws ForbiddenError, RuleViolation, ConflictError. */
  edit(actor: Actor, id: string, version: number, written: NeedTerms): Promise<Need>
  /** The steps throw ForbiddenError for others than the school, ConflictError when the need has moved on. */
  publish(actor: Actor, id: string): Promise<Need>
  pause(actor: Actor, id: string): Promise<Need>
  resume(actor: Actor, id: string): Promise<Need>
  withdraw(actor: Actor, id: string, reason: string): Promise<Need>
}

interface Parts {
  readonly connection: Connection
  readonly clock: Clock
  /** The unit, or null when there is none with this id. */
  readonly unit: (id: string) => Promise<NeedUnit | null>
}

const listed = { history: 0, spec: 0, reason: 0, ranking: 0, refusals: 0, choiceHistory: 0, words: 0 } as const

/** A need that was stored before there were choices has none. */
type Chosen = keyof Choices | 'choiceHistory'
type Stored = Omit<StoredNeed, Chosen> & Partial<Pick<StoredNeed, Chosen>>

export const toNeed = ({ _id, schoolUnitId, centralSchoolId, words: _words, ...rest }: Stored): Need => ({
  ...noChoices,
  choiceHistory: [],
  ...rest,
  id: _id.toHexString(),
  schoolUnitId: schoolUnitId.toHexString(),
  centralSchoolId: centralSchoolId.toHexString(),
})

export function createNeedService({ connection, clock, unit }: Parts): NeedService {
  const needs = needModel(connection)
  const find = async (actor: Actor, id: string): Promise<Need> => {
    const scope = visibleTo(actor)
    const stored = scope && (await needs.findOne({ ...scope, _id: id }).lean<StoredNeed>())
    if (!stored) throw new NotFoundError('needs.not-found')
    return toNeed(stored)
  }

  const own = async (actor: Actor, id: string): Promise<Need> => {
    const need = await find(actor, id)
    if (!ownsNeed(actor, need)) throw new ForbiddenError('needs.only-the-school')
    return need
  }

  const ownUnit = async (actor: Actor, id: string): Promise<NeedUnit> => {
    const found = await unit(id)
    if (found === null || !ownsNeed(actor, { centralSchoolId: found.centralId }))
      throw new RuleViolation('needs.not-your-unit', undefined, 'schoolUnitId')
    return found
  }

  /** Stores what became of a need; loses to whoever stored something since it was loaded. */
  const replace = async (was: Need, change: object, condition: QueryFilter<StoredNeed> = {}): Promise<Need> => {
    const where = { ...condition, _id: was.id, centralSchoolId: was.centralSchoolId, version: was.version }
    const stored = await needs.findOneAndUpdate(where, change, { returnDocument: 'after' }).lean<StoredNeed>()
    if (stored === null) throw new ConflictError('listings.changed-meanwhile')
    return toNeed(stored)
  }

  const move = async (actor: Actor, id: string, step: (need: Need, at: Date) => Need): Promise<Need> => {
    const was = await own(actor, id)
    const at = clock()
    const { state, publishedAt, history } = step(was, at)
    return replace(was, {
      $set: { state, publishedAt, updatedAt: at },
      $push: { history: history.at(-1) },
      $inc: { version: 1 },
    })
  }

  return {
    async list(actor, filter, cursor) {
      const conditions = conditionsOf(actor, filter, cursor)
      if (conditions === null) return { items: [], next: null }
      const rows = await needs
        .find(conditions, listed)
        .sort(newestFirst)
        .limit(rowsOnPage + 1)
        .lean<StoredNeed[]>()
      return pageOf(rows.map(toNeed))
    },
    read: find,
    async draft(actor, written) {
      if (!mayCreateNeed(actor)) throw new ForbiddenError('needs.only-schools')
      const place = await ownUnit(actor, written.schoolUnitId)
      return toNeed((await needs.create(newNeed(written, place, actor, clock()))).toObject())
    },
    async edit(actor, id, version, written) {
      const was = await own(actor, id)
      const place = await ownUnit(actor, written.schoolUnitId)
      if (was.version !== version) throw new ConflictError('listings.changed-meanwhile')
      revise(was, written)
      const more = written.quantity - was.quantity
      const change = {
        $set: { ...contentOf(written, place), updatedAt: clock() },
        $inc: { version: 1, quantity: more, available: more },
      }
      // Units may have been approved since the need was loaded: the update itself must not take them back.
      return replace(was, change, more < 0 ? { available: { $gte: -more } } : {})
    },
    publish: (actor, id) => move(actor, id, (need, at) => publish(need, actor, at)),
    pause: (actor, id) => move(actor, id, (need, at) => pause(need, actor, at)),
    resume: (actor, id) => move(actor, id, (need, at) => publish(need, actor, at)),
    withdraw: (actor, id, reason) => move(actor, id, (need, at) => withdraw(need, actor, at, reason)),
  }
}

/** What was written and what follows from the unit, as it is stored; the quantity is left to the counters. */
const contentOf = (written: NeedTerms, unit: NeedUnit) => ({
  schoolUnitId: written.schoolUnitId,
  kind: written.kind,
  spec: written.spec,
  urgency: written.urgency,
  deadline: written.deadline,
  reason: written.reason,
  beneficiaries: written.beneficiaries,
  locale: written.locale,
  authority: unit.authority,
  municipality: unit.municipality,
  tier: unit.tier,
  words: searchWords(unit.name, written.reason),
})

function newNeed(written: NeedTerms, place: NeedUnit, by: Actor, at: Date) {
  const born: Transition<NeedState> = { from: null, to: 'draft', by: by.id, at, reason: null }
  return {
    ...contentOf(written, place),
    ...untouched(written.quantity),
    _id: new Types.ObjectId(),
    centralSchoolId: new Types.ObjectId(place.centralId),
    schoolUnitId: new Types.ObjectId(place.id),
    state: 'draft' as const,
    publishedAt: null,
    ...noChoices,
    choiceHistory: [],
    history: [born],
    version: 0,
    createdAt: at,
    updatedAt: at,
  }
}
