import { createHash } from 'node:crypto'
import { canonical } from './canonical-json.js'
import type { RoundInput } from './round-input.js'

/**
 * SHA-256 of everything that a round looks at, whatever the order of its rows and of the keys in them: who has the same
 * input can check that the same plan comes of it.
 */
export function hashOf(input: RoundInput): string {
  const lines = [
    canonical({ policy: input.policy, today: input.today, served: input.served, plans: input.plans }),
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
