import { Types, type Connection, type QueryFilter } from 'mongoose'
import type { Actor } from '../../shared/actor.js'
import { NotFoundError } from '../../shared/errors.js'
import { isId } from '../../shared/ids.js'
import { decodeCursor, encodeCursor, type Page } from '../../shared/page.js'
import { beginnings } from '../../shared/search-words.js'
import { firstEquity, type Equity } from './equity-weights.js'
import { schoolModel, type StoredSchool } from './school-model.js'
import { schoolScope, type SchoolFilter } from './school-query.js'
import { registerSchoolsOn, type RegisterSchools } from './school-register-service.js'
import { awaitsReweighOn, reweighOn, type AwaitsReweigh, type Reweigh } from './school-reweigh-service.js'
import type { SchoolUnit } from './school.js'

/** A unit with those it belongs to. */
export interface SchoolFamily {
  readonly unit: SchoolUnit
  /** The central school; the unit itself when it is one. */
  readonly central: SchoolUnit
  /** All branches of the central school, by name. */
  readonly branches: readonly SchoolUnit[]
  /** The weights that the index of the unit was made with. */
  readonly equity: Equity
}

export interface SchoolService {
  /** A page of the units that the person may see, by name; `cursor` continues after the last one. */
  list(actor: Actor, filter: SchoolFilter, cursor?: string): Promise<Page<SchoolUnit>>
  /** Throws NotFoundError, also for a unit that the person may not know of. */
  read(actor: Actor, id: string): Promise<SchoolFamily>
  /** The units that a school acts for, the central one first; none for everybody else. */
  unitsOf(actor: Actor): Promise<readonly SchoolUnit[]>
  /** Without regard to rights, for other services: null when there is none. */
  unit(id: string): Promise<SchoolUnit | null>
  /** The same by the id of the register. */
  unitByGovtId(schoolIdGovt: string): Promise<SchoolUnit | null>
  /** The same for several; ids that are none, or nobody's, are left out. */
  unitsByIds(ids: Iterable<string>): Promise<ReadonlyMap<string, SchoolUnit>>
  /** The whole register by id, for a round. */
  allUnits(): Promise<readonly SchoolUnit[]>
  /** How many units the register holds. */
  count(): Promise<number>
  /** The weights in force. */
  equityInForce(): Promise<Equity>
  readonly register: RegisterSchools
  readonly reweigh: Reweigh
  readonly awaitsReweigh: AwaitsReweigh
}

const rowsOnPage = 20

const unitFrom = ({ _id, parentId, centralId, sortName: _sort, words: _words, ...rest }: StoredSchool): SchoolUnit => ({
  ...rest,
  id: _id.toHexString(),
  parentId: parentId?.toHexString() ?? null,
  centralId: centralId.toHexString(),
})

type Conditions = QueryFilter<StoredSchool>

/** Null = no unit at all. */
function visibleTo(actor: Actor): Conditions | null {
  const scope = schoolScope(actor)
  switch (scope.of) {
    case 'everybody':
      return {}
    case 'authorities':
      return { authority: { $in: [...scope.authorities] } }
    case 'school':
      return isId(scope.centralId) ? { centralId: new Types.ObjectId(scope.centralId) } : null
    case 'nobody':
      return null
  }
}

const connectivity = { yes: true, no: false, unknown: null } as const

function narrowedTo(filter: SchoolFilter): readonly Conditions[] {
  const conditions: Conditions[] = beginnings(filter.text ?? '').map((words) => ({ words }))
  if (filter.authority !== undefined) conditions.push({ authority: filter.authority })
  if (filter.municipality !== undefined) conditions.push({ municipality: filter.municipality })
  if (filter.tier !== undefined) conditions.push({ tier: filter.tier })
  if (filter.unit !== undefined) conditions.push({ isBranch: filter.unit === 'branch' })
  if (filter.connectivity !== undefined) conditions.push({ connectivityGovt: connectivity[filter.connectivity] })
  return conditions
}

/** Conditions for the rows after the cursor; none for a cursor that does not decode. */
function rowsAfter(cursor: string | undefined): readonly Conditions[] {
  const [name, id] = decodeCursor(cursor, 2) ?? []
  if (typeof name !== 'string' || typeof id !== 'string' || !isId(id)) return []
  return [
    { sortName: { $gte: name } },
    { $or: [{ sortName: { $gt: name } }, { _id: { $gt: new Types.ObjectId(id) } }] },
  ]
}

export function createSchoolService(connection: Connection, equity = firstEquity): SchoolService {
  const model = schoolModel(connection)
  const byName = { sortName: 1, _id: 1 } as const
  const find = async (conditions: Conditions): Promise<readonly SchoolUnit[]> =>
    (await model.find(conditions).sort(byName).limit(1000).lean<StoredSchool[]>()).map(unitFrom)

  return {
    async list(actor, filter, cursor) {
      const scope = visibleTo(actor)
      if (scope === null) return { items: [], next: null }
      const conditions = [scope, ...narrowedTo(filter), ...rowsAfter(cursor)].filter(
        (one) => Object.keys(one).length > 0,
      )
      const where: Conditions = conditions.length === 0 ? {} : { $and: conditions }
      const rows = await model
        .find(where)
        .sort(byName)
        .limit(rowsOnPage + 1)
        .lean<StoredSchool[]>()
      const shown = rows.slice(0, rowsOnPage)
      const last = shown.at(-1)
      const goesOn = rows.length > rowsOnPage && last !== undefined
      return {
        items: shown.map(unitFrom),
        next: goesOn ? encodeCursor([last.sortName, last._id.toHexString()]) : null,
      }
    },

    async read(actor, id) {
      const scope = visibleTo(actor)
      const stored = scope && isId(id) ? await model.findOne({ ...scope, _id: id }).lean<StoredSchool>() : null
      if (stored === null) throw new NotFoundError('schools.not-found')
      const unit = unitFrom(stored)
      const family = await find({ centralId: stored.centralId })
      return {
        unit,
        central: family.find((one) => !one.isBranch) ?? unit,
        branches: family.filter((one) => one.isBranch),
        equity: await equity.of(unit.equityVersion),
      }
    },

    async unitsOf(actor) {
      const scope = schoolScope(actor)
      if (scope.of !== 'school' || !isId(scope.centralId)) return []
      const units = await find({ centralId: new Types.ObjectId(scope.centralId) })
      return [...units.filter((unit) => !unit.isBranch), ...units.filter((unit) => unit.isBranch)]
    },

    async unit(id) {
      const stored = isId(id) ? await model.findById(id).lean<StoredSchool>() : null
      return stored === null ? null : unitFrom(stored)
    },

    async unitByGovtId(schoolIdGovt) {
      const stored = await model.findOne({ schoolIdGovt }).lean<StoredSchool>()
      return stored === null ? null : unitFrom(stored)
    },

    async unitsByIds(ids) {
      const known = [...new Set(ids)].filter(isId)
      if (known.length === 0) return new Map()
      const units = new Map<string, SchoolUnit>()
      // A round asks for thousands: others have their turn in between.
      const found = model
        .find({ _id: { $in: known } })
        .lean<StoredSchool[]>()
        .cursor({ batchSize: 100 })
      for await (const unit of found) units.set(unit._id.toHexString(), unitFrom(unit))
      return units
    },

    count: () => model.estimatedDocumentCount(),

    async allUnits() {
      const units: SchoolUnit[] = []
      for await (const unit of model.find().sort({ _id: 1 }).lean<StoredSchool[]>().cursor({ batchSize: 250 }))
        units.push(unitFrom(unit))
      return units
    },

    equityInForce: () => equity.inForce(),
    register: registerSchoolsOn(connection, equity),
    reweigh: reweighOn(connection),
    awaitsReweigh: awaitsReweighOn(connection),
  }
}
