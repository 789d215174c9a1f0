import { isDeepStrictEqual } from 'node:util'
import { Types, type Connection } from 'mongoose'
import { isDuplicateKey } from '../../db/duplicate-key.js'
import { ConflictError } from '../../shared/errors.js'
import { deriveFacts } from './derived-facts.js'
import type { Equity, EquitySource } from './equity-weights.js'
import { schoolModel, type StoredSchool } from './school-model.js'
import { treeProblems, type KnownUnit, type TreeProblem } from './school-tree.js'
import type { SchoolFacts } from './school.js'

/** How many units were stored, and which were not because of their place in the tree. */
export interface Registered {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly problems: ReadonlyMap<string, TreeProblem>
}

/**
 * Stores facts of school units: new ones are added, known ones (by govt. id) take the new facts, the same facts change
 * nothing. Central schools and branches come in any order. `rejected` names units that were meant to come along.
 * Written in batches: after a fault in the middle the same call completes the work.
 *
 * Throws ConflictError when somebody else added one of the units meanwhile.
 */
export type RegisterSchools = (facts: readonly SchoolFacts[], rejected?: ReadonlySet<string>) => Promise<Registered>

const batchSize = 1000

function* batchesOf<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let at = 0; at < items.length; at += batchSize) yield items.slice(at, at + batchSize)
}

type Kept = Omit<StoredSchool, '_id'>
type Write =
  | { readonly insertOne: { readonly document: StoredSchool } }
  | {
      readonly updateOne: {
        readonly filter: Pick<StoredSchool, '_id'>
        readonly update: { readonly $set: Partial<Kept> }
      }
    }

/** The fields of `next` that the stored unit has otherwise. */
function changesOf(stored: StoredSchool, next: Kept): Partial<Kept> {
  const changed = Object.entries(next).filter(([name, value]) => {
    const was = stored[name as keyof Kept]
    return value instanceof Types.ObjectId
      ? !value.equals(was as Types.ObjectId | null)
      : !isDeepStrictEqual(was, value)
  })
  return Object.fromEntries(changed)
}

/** The write that brings one unit to these facts; null when it has them. */
function writeFor(next: Kept, _id: Types.ObjectId, was: StoredSchool | undefined): Write | null {
  if (was === undefined) return { insertOne: { document: { _id, ...next } } }
  const changes = changesOf(was, next)
  return Object.keys(changes).length === 0 ? null : { updateOne: { filter: { _id }, update: { $set: changes } } }
}

/** The writes for units whose place in the tree is right; branches may stand before their central school. */
function writesFor(
  accepted: readonly SchoolFacts[],
  stored: ReadonlyMap<string, StoredSchool>,
  equity: Equity,
): readonly Write[] {
  const ids = new Map([...stored].map(([id, unit]) => [id, unit._id]))
  for (const { schoolIdGovt } of accepted) if (!ids.has(schoolIdGovt)) ids.set(schoolIdGovt, new Types.ObjectId())
  const idOf = (id: string): Types.ObjectId => ids.get(id) ?? new Types.ObjectId()
  return accepted.flatMap((one) => {
    const _id = idOf(one.schoolIdGovt)
    const parentId = one.parentSchoolIdGovt === null ? null : idOf(one.parentSchoolIdGovt)
    const next = { ...one, ...deriveFacts(one, equity), parentId, centralId: parentId ?? _id }
    return writeFor(next, _id, stored.get(one.schoolIdGovt)) ?? []
  })
}

type Model = ReturnType<typeof schoolModel>

async function load(model: Model, ids: Iterable<string>): Promise<ReadonlyMap<string, StoredSchool>> {
  const found = new Map<string, StoredSchool>()
  for (const batch of batchesOf([...ids])) {
    const stored = await model.find({ schoolIdGovt: { $in: batch } }).lean<StoredSchool[]>()
    for (const unit of stored) found.set(unit.schoolIdGovt, unit)
  }
  return found
}

/** Branches, in the register, of units. */
async function branchesOf(model: Model, units: readonly StoredSchool[]): Promise<readonly KnownUnit[]> {
  const found: KnownUnit[] = []
  for (const batch of batchesOf(units)) {
    const parents = batch.map(({ _id }) => _id)
    found.push(...(await model.find({ centralId: { $in: parents }, isBranch: true }).lean<StoredSchool[]>()))
  }
  return found
}

async function write(model: Model, writes: readonly Write[]): Promise<void> {
  try {
    // Past Mongoose, whose casting is most of the time and has nothing left to cast: facts are typed and complete.
    for (const batch of batchesOf(writes)) await model.collection.bulkWrite([...batch], { ordered: false })
  } catch (error) {
    if (isDuplicateKey(error)) throw new ConflictError('schools.import.raced')
    throw error
  }
}

export function registerSchoolsOn(connection: Connection, equity: EquitySource): RegisterSchools {
  const model = schoolModel(connection)
  return async (facts, rejected = new Set()) => {
    const arriving = new Map(facts.map((one) => [one.schoolIdGovt, one]))
    const parents = facts.flatMap(({ parentSchoolIdGovt: parent }) => parent ?? [])
    const stored = await load(model, new Set([...arriving.keys(), ...parents]))
    const becomesBranch = (unit: StoredSchool): boolean =>
      !unit.isBranch && typeof arriving.get(unit.schoolIdGovt)?.parentSchoolIdGovt === 'string'
    const branches = await branchesOf(model, [...stored.values()].filter(becomesBranch))
    const known = new Map<string, KnownUnit>([...branches, ...stored.values()].map((unit) => [unit.schoolIdGovt, unit]))
    const problems = treeProblems({ arriving, known, rejected })
    const accepted = [...arriving.values()].filter(({ schoolIdGovt }) => !problems.has(schoolIdGovt))
    const writes = writesFor(accepted, stored, await equity.inForce())
    await write(model, writes)
    const added = writes.filter((one) => 'insertOne' in one).length
    return { added, changed: writes.length - added, unchanged: accepted.length - writes.length, problems }
  }
}
