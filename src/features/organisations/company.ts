import { z } from 'zod'
import { RuleViolation } from '../../shared/errors.js'
import { fold } from '../../shared/text.js'

export const companyKinds = ['telecom', 'technology', 'other'] as const
export type CompanyKind = (typeof companyKinds)[number]

/** A company as an account holder: what everybody may know of it. */
export interface Company {
  readonly id: string
  readonly name: string
  readonly kind: CompanyKind
  /** Where its seat is, as it writes it. */
  readonly place: string
  readonly email: string
  /** Null when it has none. */
  readonly website: string | null
  readonly createdAt: Date
}

export interface NewCompany {
  readonly name: string
  readonly kind: CompanyKind
  readonly place: string
  readonly email: string
  readonly website?: string | null
}

const line = (max: number, key: string) =>
  z
    .string(key)
    .trim()
    .min(1, key)
    .max(max, key)
    .regex(/^[^\p{Cc}]*$/u, key)

const schema = z.object({
  name: line(120, 'organisations.invalid.name'),
  kind: z.enum(companyKinds, 'organisations.invalid.kind'),
  place: line(80, 'organisations.invalid.place'),
  email: z.email('organisations.invalid.email').max(254, 'organisations.invalid.email').toLowerCase(),
  website: z
    .url({ protocol: /^https?$/, hostname: z.regexes.domain, error: 'organisations.invalid.website' })
    .max(200, 'organisations.invalid.website')
    .nullish()
    .transform((address) => address ?? null),
})

/** What a new company says about itself, tidied. Throws RuleViolation on the first field that is wrong. */
export function companyFrom(given: NewCompany): Omit<Company, 'id' | 'createdAt'> {
  const result = schema.safeParse(given)
  if (result.success) return result.data
  const [issue] = result.error.issues
  throw new RuleViolation(issue?.message ?? 'organisations.invalid.name', undefined, String(issue?.path[0] ?? 'name'))
}

/** Two companies with the same words for a name are one: "Mreža d.o.o." is "MREZA DOO". */
export const companyKey = (name: string): string => fold(name).replaceAll(' ', '')
