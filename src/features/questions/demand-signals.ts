import { dimensionsFor, isKindCode, type Dimension, type KindCode, type SpecValue } from '../catalogue/index.js'
import type { RoundInput, RoundNeed } from '../planning/index.js'
import { offerOfNobody } from './change.js'
import { effectOfOffer, standing, type Standing } from './offer-effect.js'
import type { Reach } from './plan-effect.js'
import type { PlanOutcome } from './plan-outcome.js'
import { relatedInput } from './related-input.js'

/** What some units more of a kind would do in one authority, or in the whole country: found by solving with them. */
export interface DemandSignal extends Reach {
  readonly kind: KindCode
  /** Null = the whole country. */
  readonly authority: string | null
  /** Units more. */
  readonly units: number
  /** Of these, used; and units more that needs get, over all schools. */
  readonly used: number
  readonly unlocked: number
  /** What the units are like: as much as the needs there ask for that get nothing. */
  readonly spec: Readonly<Record<string, SpecValue>>
  /** Units that those needs miss. */
  readonly missing: number
}

export interface DemandSignals {
  /** Most useful first. */
  readonly signals: readonly DemandSignal[]
  readonly solved: number
}

/** So many units are a usual lot. */
const usualLot = 10

/** So many questions are solved, the most wanted first; fewer of a question that takes long, so that it takes no hours. */
const mostSignals = ({ needs }: RoundInput): number => (needs.length > 20_000 ? 24 : 60)

/** What is missing of one kind in one place. */
interface Wanted {
  readonly kind: KindCode
  readonly authority: string | null
  readonly needs: readonly RoundNeed[]
  readonly missing: number
}

/** What ten units more of each wanted kind would do, where they are most wanted. */
export function demandSignals(input: RoundInput, plan: PlanOutcome, most = mostSignals(input)): DemandSignals {
  const parts = new Map<KindCode, Standing>()
  const wanted = wantedOf(input, plan).slice(0, most)
  const signals = wanted.map((one) => {
    const part = parts.get(one.kind) ?? standing(relatedInput(input, one.kind, plan.pieces), plan)
    parts.set(one.kind, part)
    return signalOf(one, part)
  })
  return { signals: signals.filter(({ used }) => used > 0).sort(byUse), solved: wanted.length + parts.size }
}

const byUse = (one: DemandSignal, other: DemandSignal): number =>
  other.students - one.students || other.unlocked - one.unlocked || (keyOf(one) < keyOf(other) ? -1 : 1)

const keyOf = ({ kind, authority }: Pick<Wanted, 'kind' | 'authority'>): string => `${kind} ${authority ?? ''}`

function signalOf({ kind, authority, needs, missing }: Wanted, part: Standing): DemandSignal {
  const spec = specOf(kind, needs)
  const units = usualLot
  const offer = offerOfNobody({ kind, spec, quantity: units, authority })
  const { used, unlocked, needs: served, schoolUnits, students } = effectOfOffer(part, offer)
  return { kind, authority, units, used, unlocked, needs: served, schoolUnits, students, spec, missing }
}

/** Kinds and places with something missing, the most missing first. */
function wantedOf(input: RoundInput, { unmatched }: PlanOutcome): readonly Wanted[] {
  const authorities = new Map(input.schools.map(({ id, authority }) => [id, authority]))
  const found = new Map<string, { kind: KindCode; authority: string | null; needs: RoundNeed[]; missing: number }>()
  const add = (kind: KindCode, authority: string | null, need: RoundNeed): void => {
    const key = keyOf({ kind, authority })
    const wanted = found.get(key) ?? { kind, authority, needs: [], missing: 0 }
    wanted.needs.push(need)
    wanted.missing += unmatched.get(need.id)?.missing ?? 0
    found.set(key, wanted)
  }
  for (const need of input.needs) {
    const short = unmatched.get(need.id)
    // A need that waits for something else would not get it, however much there were.
    if (short === undefined || short.reasonCode === 'prerequisite' || !isKindCode(need.kind)) continue
    add(need.kind, null, need)
    add(need.kind, authorities.get(need.schoolId) ?? null, need)
  }
  return [...found.values()].sort((one, other) => other.missing - one.missing || (keyOf(one) < keyOf(other) ? -1 : 1))
}

/** The least that is enough for every one of these needs. */
function specOf(kind: KindCode, needs: readonly RoundNeed[]): Readonly<Record<string, SpecValue>> {
  const entries = dimensionsFor(kind, 'offer').map((dimension) => [
    dimension.name,
    valueFor(
      dimension,
      needs.map(({ spec }) => spec[dimension.name]),
    ),
  ])
  return Object.fromEntries(entries.filter(([, value]) => value !== null)) as Record<string, SpecValue>
}

function valueFor(dimension: Dimension, asked: readonly unknown[]): SpecValue | null {
  switch (dimension.type) {
    case 'integer': {
      const numbers = asked.filter((one): one is number => typeof one === 'number')
      if (numbers.length === 0) return null
      return dimension.rule === 'at-most' ? Math.min(...numbers) : Math.max(...numbers)
    }
    case 'yes-no':
      return asked.includes(true) ? true : null
    case 'choice':
      return null
    case 'choices': {
      const named = new Set(asked.flatMap((one): unknown[] => (Array.isArray(one) ? (one as unknown[]) : [])))
      const options = dimension.options.filter((option) => named.has(option))
      return options.length === 0 ? null : options
    }
  }
}
