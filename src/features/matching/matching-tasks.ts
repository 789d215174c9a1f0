import { elementOf } from '../../shared/element-of.js'
import type { MatchingInput } from './matching-input.js'

/** Needs that compete for the same offers: the kinds of one category that some offer links, or one kind alone. */
export interface Task {
  readonly category: number
  /** Places of the needs in the input. */
  readonly needs: readonly number[]
}

const byId = (one: { readonly id: string }, other: { readonly id: string }): number =>
  one.id < other.id ? -1 : one.id > other.id ? 1 : 0

/** The same question with units, offers and needs in the order of their ids. */
export function sortById(input: MatchingInput): MatchingInput {
  const order = [...input.units.keys()].sort((one, other) =>
    byId(elementOf(input.units, one), elementOf(input.units, other)),
  )
  const placeOf = new Int32Array(order.length)
  order.forEach((old, place) => (placeOf[old] = place))
  return {
    ...input,
    units: order.map((old) => elementOf(input.units, old)),
    offers: input.offers.toSorted(byId),
    needs: input.needs.map((need) => ({ ...need, unit: elementOf(placeOf, need.unit) })).sort(byId),
  }
}

/** The tasks in the order of their categories; no offer is in two of them. */
export function divideTasks(input: MatchingInput): readonly Task[] {
  const leader = input.kinds.map((_, kind) => kind)
  const find = (kind: number): number => {
    const next = elementOf(leader, kind)
    return next === kind ? kind : find(next)
  }
  for (const { id, serves } of input.offers) {
    const kinds = serves.map(({ kind }) => kind)
    const categories = new Set(kinds.map((kind) => elementOf(input.kinds, kind).category))
    if (categories.size > 1) throw new RangeError(`Offer ${id} serves kinds of several categories`)
    for (const kind of kinds) leader[find(kind)] = find(elementOf(kinds, 0))
  }
  const tasks = new Map<number, { readonly category: number; readonly needs: number[] }>()
  input.needs.forEach(({ kind }, place) => {
    const key = find(kind)
    const task = tasks.get(key) ?? { category: elementOf(input.kinds, key).category, needs: [] }
    task.needs.push(place)
    tasks.set(key, task)
  })
  return [...tasks]
    .sort(([one, first], [other, second]) => first.category - second.category || one - other)
    .map(([, task]) => task)
}
