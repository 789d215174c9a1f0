import { createHash } from 'node:crypto'
import type { RoundInput } from './round-input.js'

/**
 * SHA-256 of everything that a round looks at, whatever the order of its rows and of the keys in them: who has the same
 * input can check that the same plan comes of it.
 */
export function hashOf(input: RoundInput): string {
  const lines = [
    canonical({ policy: input.policy, today: input.today }),
    ...sorted('school', input.schools),
    ...sorted('offer', input.offers),
    ...sorted('need', input.needs),
    ...sorted('standing', input.standing),
    ...sorted('exclusion', input.exclusions ?? []),
  ]
  return createHash('sha256').update(lines.join('\n')).digest('hex')
}

const sorted = (what: string, rows: readonly unknown[]): readonly string[] =>
  rows.map((row) => `${what} ${canonical(row)}`).sort()

/** JSON with the keys of every object in order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  entries.sort(([one], [other]) => (one < other ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join()}}`
}
