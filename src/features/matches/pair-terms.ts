import { createHash } from 'node:crypto'
import type { Territory } from '../../shared/territory.js'

/** What of an offer a rejection is about. */
export interface OfferedTerms {
  readonly kind: string
  readonly spec: Readonly<Record<string, unknown>>
  readonly quantity: number
  readonly minPerSchool: number | null
  readonly maxPerSchool: number | null
  readonly territory: Territory
  readonly levels: readonly string[]
  readonly validFrom: string | null
  readonly validTo: string | null
  readonly leadDays: number | null
}

/** What of a need a rejection is about. */
export interface NeededTerms {
  readonly kind: string
  readonly spec: Readonly<Record<string, unknown>>
  readonly quantity: number
  readonly urgency: number
  readonly deadline: string | null
}

/**
 * A short print of what the two sides say: SHA-256, 32 hexadecimal digits. A rejected pair is left alone as long as the
 * print is the same; quantities are those offered and asked for, not what is left of them.
 */
export function pairTerms(offer: OfferedTerms, need: NeededTerms): string {
  const { kind, spec, quantity, minPerSchool, maxPerSchool, territory, levels, validFrom, validTo, leadDays } = offer
  const offered = [
    kind,
    sorted(spec),
    quantity,
    minPerSchool,
    maxPerSchool,
    sorted(territory),
    levels,
    validFrom,
    validTo,
    leadDays,
  ]
  const needed = [need.kind, sorted(need.spec), need.quantity, need.urgency, need.deadline]
  return createHash('sha256')
    .update(JSON.stringify([offered, needed]))
    .digest('hex')
    .slice(0, 32)
}

const sorted = (values: object): unknown[] =>
  Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
