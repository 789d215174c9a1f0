import { message, type Message } from '../../shared/message.js'
import { factorNames, type FactorName } from '../schools/index.js'
import type { PolicyTerms } from './policy-document.js'

export const policySections = ['weights', 'tiers', 'deadlines', 'points', 'limits', 'memory'] as const
export type PolicySection = (typeof policySections)[number]

/** What a number counts, as it is typed and printed: shares are in hundredths. */
export type Measure = 'percent' | 'index' | 'days' | 'points' | 'companies' | 'rounds'

/** One number of a policy; `name` is also the name of its field. */
export interface PolicyNumber {
  readonly name: string
  readonly section: PolicySection
  readonly measure: Measure
  readonly least: number
  readonly most: number
  /** Leaving it empty is an answer. */
  readonly isOptional: boolean
  /** As it is typed; null where the policy has none. */
  readonly of: (terms: PolicyTerms) => number | null
}

/** What was typed, by name; null or missing = left empty. */
export type TypedNumbers = Readonly<Record<string, number | null | undefined>>

export const mostDeadlineSteps = 4
const tierLimits = [0, 1, 2, 3] as const
const pointNames = ['fit', 'territory', 'leadTime', 'ranking', 'standing', 'fairness'] as const
const steps = Array.from({ length: mostDeadlineSteps }, (_, at) => at)

/** With one decimal. */
const toPercent = (share: number): number => Math.round(share * 1000) / 10
const toShare = (percent: number): number => Math.round(percent * 10) / 1000

const weight = (factor: FactorName): string => `weight-${factor}`
const tier = (at: number): string => `tier-${at + 1}`
const step = (at: number): string => `step-${at + 1}`
const points = (name: (typeof pointNames)[number]): string => `points-${name}`

const needed = { isOptional: false } as const

/** Every number of a policy, in the order in which people read them. */
export const policyNumbers: readonly PolicyNumber[] = [
  ...factorNames.map((name): PolicyNumber => ({
    ...{ name: weight(name), section: 'weights', measure: 'percent', least: 0, most: 100, ...needed },
    of: ({ equity }) => toPercent(equity.weights[name]),
  })),
  ...tierLimits.map((at): PolicyNumber => ({
    ...{ name: tier(at), section: 'tiers', measure: 'index', least: 0.01, most: 0.99, ...needed },
    of: ({ equity }) => equity.tierFrom[at],
  })),
  ...steps.map((at): PolicyNumber => ({
    ...{ name: step(at), section: 'deadlines', measure: 'days', least: 1, most: 730, isOptional: true },
    of: ({ deadlineSteps }) => deadlineSteps[at] ?? null,
  })),
  ...pointNames.map((name): PolicyNumber => ({
    ...{ name: points(name), section: 'points', measure: 'points', least: 0, most: 100, ...needed },
    of: (terms) => terms.points[name],
  })),
  {
    ...{ name: 'preferred-partners', section: 'limits', measure: 'companies', least: 1, most: 3, ...needed },
    of: ({ limits }) => limits.preferredPartners,
  },
  {
    ...{ name: 'most-partners', section: 'limits', measure: 'companies', least: 1, most: 3, ...needed },
    of: ({ limits }) => limits.mostPartners,
  },
  {
    ...{ name: 'company-share', section: 'limits', measure: 'percent', least: 1, most: 100, isOptional: true },
    of: ({ limits }) => (limits.companyShare === null ? null : toPercent(limits.companyShare)),
  },
  {
    ...{ name: 'remembered-rounds', section: 'memory', measure: 'rounds', least: 1, most: 12, ...needed },
    of: ({ fairness }) => fairness.rounds,
  },
]

/** The policy that these numbers make; what is not a number of the form is taken from `terms`. */
export function termsFrom(typed: TypedNumbers, { plan }: Pick<PolicyTerms, 'plan'>): PolicyTerms {
  const number = (name: string): number => typed[name] ?? 0
  const byName = <Name extends string>(names: readonly Name[], of: (name: Name) => number): Record<Name, number> =>
    Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, number>
  const share = typed['company-share'] ?? null
  return {
    plan,
    deadlineSteps: steps.flatMap((at) => typed[step(at)] ?? []),
    points: byName(pointNames, (name) => number(points(name))),
    limits: {
      preferredPartners: number('preferred-partners'),
      mostPartners: number('most-partners'),
      companyShare: share === null ? null : toShare(share),
    },
    fairness: { rounds: number('remembered-rounds') },
    equity: {
      weights: byName(factorNames, (name) => toShare(number(weight(name)))),
      tierFrom: [number(tier(0)), number(tier(1)), number(tier(2)), number(tier(3))],
    },
  }
}

/** What is wrong with a policy as a whole, by the number to blame; empty = sound. */
export type Problems = Readonly<Record<string, Message>>

/** Weights that make a whole, tiers that fall, steps that rise, and limits that do not contradict each other. */
export function problemsOf(terms: PolicyTerms): Problems {
  return {
    ...weightProblem(terms),
    ...orderProblems(terms.equity.tierFrom, tier, 'tier-order', (before, limit) => limit < before),
    ...orderProblems(terms.deadlineSteps, step, 'step-order', (before, days) => days > before),
    ...(terms.limits.preferredPartners > terms.limits.mostPartners
      ? { 'preferred-partners': message('policies.rule.partners', { most: terms.limits.mostPartners }) }
      : {}),
  }
}

function weightProblem({ equity }: PolicyTerms): Problems {
  // In thousandths: sums of decimals are not exact.
  const sum = factorNames.reduce((total, name) => total + Math.round(equity.weights[name] * 1000), 0)
  if (sum === 1000) return {}
  const key = `policies.rule.weights-${sum > 1000 ? 'over' : 'under'}`
  const first = factorNames[0]
  return { [weight(first)]: message(key, { sum: sum / 10, by: Math.abs(sum - 1000) / 10 }) }
}

function orderProblems(
  numbers: readonly number[],
  nameOf: (at: number) => string,
  rule: string,
  follows: (before: number, number: number) => boolean,
): Problems {
  const wrong = numbers.flatMap((number, at) => {
    const before = numbers[at - 1]
    return before === undefined || follows(before, number)
      ? []
      : [[nameOf(at), message(`policies.rule.${rule}`, { before })] as const]
  })
  return Object.fromEntries(wrong)
}

export interface PolicyChange {
  readonly number: PolicyNumber
  readonly before: number | null
  readonly after: number | null
}

/** The numbers that two policies have otherwise. */
export const changesBetween = (before: PolicyTerms, after: PolicyTerms): readonly PolicyChange[] =>
  policyNumbers
    .map((number) => ({ number, before: number.of(before), after: number.of(after) }))
    .filter((change) => change.before !== change.after)

/** How finely a number may be given: a share to a tenth of a percent, an index to a hundredth, the rest whole. */
export const decimalsOf = ({ measure }: PolicyNumber): number =>
  measure === 'percent' ? 1 : measure === 'index' ? 2 : 0

export const isTooFine = (number: PolicyNumber, value: number): boolean => {
  const scaled = value * 10 ** decimalsOf(number)
  return Math.abs(scaled - Math.round(scaled)) > 1e-6
}
