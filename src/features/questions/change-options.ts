import {
  dayNumber,
  isKindCode,
  kindOf,
  satisfies,
  servedKinds,
  type Dimension,
  type Failure,
  type SpecValue,
} from '../catalogue/index.js'
import type { RoundInput, RoundNeed, RoundOffer, RoundSchool } from '../planning/index.js'
import type { Change } from './change.js'

/** Changes of one sort, the smallest first: the first that helps is the one to tell. */
export type Series = readonly Change[]

/** What is asked about, with everything that decides what could be otherwise. */
export interface Asking {
  readonly input: RoundInput
  readonly need: RoundNeed
  readonly school: RoundSchool
  /** The plan says that the unit lacks something that has to come first. */
  readonly lacksFirst: boolean
}

/** An offer that could serve the kind, with every rule that it breaks; those that people refused are left out. */
interface Near {
  readonly offer: RoundOffer
  readonly failed: readonly Failure[]
}

/** So many values of one sort are tried. */
const mostOfOne = 5

/** What is missing that has to come first, or null. */
export function prerequisitesChange({ need, school, lacksFirst }: Asking): Change | null {
  if (!lacksFirst || !isKindCode(need.kind)) return null
  const things = kindOf(need.kind).requires.filter((thing) => !school.has[thing])
  return things.length === 0 ? null : { type: 'prerequisites', things }
}

/** Everything that school, or a company whose offer is near, could do; the least effort for the school first. */
export function changeSeries(asking: Asking): readonly Series[] {
  const near = offersNear(asking)
  return [
    near.some(({ failed }) => isOnly(failed, 'refurbished')) ? [{ type: 'refurbished' as const }] : [],
    deadlines(asking, near),
    ...specifications(asking, near),
    quantities(asking, near),
    ...lots(asking, near),
    ...maxima(asking, near),
  ].filter((series) => series.length > 0)
}

function offersNear({ input, need, school }: Asking): readonly Near[] {
  if (!isKindCode(need.kind)) return []
  const { kind } = need
  const excluded = new Set((input.exclusions ?? []).flatMap((pair) => (pair.needId === need.id ? pair.offerId : [])))
  const terms = { ...need, school }
  return input.offers.flatMap((offer) => {
    if (!servedKinds(offer).includes(kind) || excluded.has(offer.id)) return []
    if (need.refused.includes(offer.id) || need.refused.includes(offer.companyId)) return []
    const verdict = satisfies(offer, terms, input.today)
    // What comes first is asked for on its own; or the plan gives it, which the register does not know yet.
    const failed = verdict.ok ? [] : verdict.failed.filter(({ rule }) => rule !== 'prerequisite')
    return [{ offer, failed }]
  })
}

const isOnly = (failed: readonly Failure[], rule: Failure['rule'], about?: string): boolean =>
  failed.length === 1 && failed[0]?.rule === rule && failed[0].about === about

/** The days on which offers that are too late could arrive, the earliest first. */
function deadlines({ input, need }: Asking, near: readonly Near[]): Series {
  const today = dayNumber(input.today) ?? 0
  const days = near
    .filter(
      ({ failed }) => failed.length > 0 && failed.every(({ rule }) => rule === 'lead-time' || rule === 'validity'),
    )
    .filter(({ offer }) => (dayNumber(offer.validTo) ?? Infinity) >= today)
    .map(({ offer }) => Math.max(today, dayNumber(offer.validFrom) ?? today) + (offer.leadDays ?? 0))
    .filter((day) => day > (dayNumber(need.deadline) ?? Infinity))
  return firstOf(ascending(days)).map((day) => ({ type: 'deadline', date: dateOf(day) }))
}

const dateOf = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)

/** For every dimension that alone is in the way: what is offered, the nearest first. */
function specifications({ need }: Asking, near: readonly Near[]): readonly Series[] {
  if (!isKindCode(need.kind)) return []
  return kindOf(need.kind).dimensions.map((dimension) => {
    const { name } = dimension
    const offered = near
      .filter(({ failed }) => isOnly(failed, 'specification', name))
      .map(({ offer }) => valueNear(dimension, need.spec[name], offer.spec[name]))
    const values = [...new Map(offered.map((value) => [JSON.stringify(value), value])).values()]
    values.sort((one, other) => distance(one, need.spec[name]) - distance(other, need.spec[name]))
    return firstOf(values).map((value) => ({ type: 'specification', dimension: name, value }))
  })
}

/** What would have to be asked for so that the offered value is enough; null = nothing in particular. */
function valueNear(dimension: Dimension, asked: unknown, offered: unknown): SpecValue | null {
  if (dimension.type === 'integer') return typeof offered === 'number' ? offered : null
  if (dimension.type !== 'choices' || !Array.isArray(asked) || !Array.isArray(offered)) return null
  const names = offered.filter((one): one is string => typeof one === 'string')
  const wanted = asked.filter((one): one is string => typeof one === 'string')
  const value =
    dimension.rule === 'overlaps' ? [...wanted, ...names.slice(0, 1)] : wanted.filter((one) => names.includes(one))
  return value.length === 0 ? null : value
}

function distance(value: SpecValue | null, asked: unknown): number {
  if (value === null) return Infinity
  if (typeof value === 'number' && typeof asked === 'number') return Math.abs(value - asked)
  return Array.isArray(value) && Array.isArray(asked) ? Math.abs(value.length - asked.length) : 0
}

/** Where only the smallest delivery of an offer is in the way: to ask for so many. */
function quantities({ need }: Asking, near: readonly Near[]): Series {
  const sizes = near
    .filter(({ failed }) => isOnly(failed, 'minimum-lot'))
    .map(({ offer }) => offer.minPerSchool ?? 1)
    .filter((units) => units > need.quantity)
  return firstOf(ascending(sizes)).map((quantity) => ({ type: 'quantity', quantity }))
}

/** The offers whose smallest delivery is in the way, or may be: what is left of them is less. */
function lots({ need }: Asking, near: readonly Near[]): readonly Series[] {
  return firstOf(
    near
      .filter(({ failed }) => failed.length === 0 || isOnly(failed, 'minimum-lot'))
      .filter(({ offer }) => (offer.minPerSchool ?? 1) > 1)
      .sort((one, other) => (one.offer.minPerSchool ?? 1) - (other.offer.minPerSchool ?? 1)),
  ).map(({ offer: { id: offerId, company, minPerSchool } }) =>
    lotSizes(Math.min(need.quantity, (minPerSchool ?? 1) - 1)).map((units) => ({
      ...{ type: 'lot', offerId, company, units },
    })),
  )
}

/** From just below the present one down, by halves. */
function lotSizes(below: number): readonly number[] {
  const sizes: number[] = []
  for (let units = below; units >= 1; units = Math.floor(units / 2)) sizes.push(units)
  return sizes
}

/** The offers that fit and give one school fewer than it asks for. */
function maxima({ need }: Asking, near: readonly Near[]): readonly Series[] {
  return firstOf(
    near
      .filter(({ offer, failed }) => failed.length === 0 && (offer.maxPerSchool ?? Infinity) < need.quantity)
      .sort((one, other) => (other.offer.maxPerSchool ?? 0) - (one.offer.maxPerSchool ?? 0)),
  ).map(({ offer: { id: offerId, company } }) => [{ type: 'maximum', offerId, company, units: need.quantity }])
}

const ascending = (numbers: readonly number[]): readonly number[] => [...new Set(numbers)].sort((a, b) => a - b)
const firstOf = <Item>(items: readonly Item[]): readonly Item[] => items.slice(0, mostOfOne)
