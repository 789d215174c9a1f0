import { z } from 'zod'
import { factorNames, type FactorName } from '../schools/index.js'
import { planKeys, type Policy } from '../planning/index.js'
import { termsOf } from './policy-document.js'
import { isTooFine, policyNumbers, problemsOf } from './policy-numbers.js'

const number = z.number()
const weights = Object.fromEntries(factorNames.map((name) => [name, number])) as Record<FactorName, typeof number>

const shape = z.strictObject({
  version: z.int().min(1),
  plan: z.enum(planKeys),
  deadlineSteps: z.array(number).max(4),
  points: z.strictObject({
    ...{ fit: number, territory: number, leadTime: number, standing: number, ranking: number, fairness: number },
  }),
  limits: z.strictObject({ preferredPartners: number, mostPartners: number, companyShare: number.nullable() }),
  fairness: z.strictObject({ rounds: number }),
  equity: z.strictObject({ weights: z.strictObject(weights), tierFrom: z.tuple([number, number, number, number]) }),
})

/** The file that `/policies/1.json` gives, or only the policy in it. */
const file = z.union([z.object({ policy: shape }).transform(({ policy }) => policy), shape])

/** The policy that a text holds; null where it is none, or one that nobody could have published. */
export function readPolicy(text: string): Policy | null {
  const read = file.safeParse(parsed(text))
  if (!read.success) return null
  const terms = termsOf(read.data)
  const isWithin = policyNumbers.every((one) => {
    const value = one.of(terms)
    return value === null ? one.isOptional : value >= one.least && value <= one.most && !isTooFine(one, value)
  })
  return isWithin && Object.keys(problemsOf(terms)).length === 0 ? read.data : null
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
