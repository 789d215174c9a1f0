import type { Actor, Role } from '../../shared/actor.js'
import { RuleViolation } from '../../shared/errors.js'
import type { Locale } from '../../shared/locale.js'

/** Somebody who can sign in. */
export interface Account {
  readonly id: string
  /** Lower case; what a person signs in with. */
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly organisation: string | null
  readonly authorities: readonly string[]
  readonly language: Locale
  /** Rises with every change of password, role or rights: sessions of an older version are signed out. */
  readonly version: number
  readonly isClosed: boolean
}

export const shortestPassword = 12
export const longestPassword = 128
export const longestName = 120

export const actorFrom = (account: Account): Actor => ({
  id: account.id,
  name: account.name,
  role: account.role,
  organisation: account.organisation,
  authorities: new Set(account.authorities),
})

export const normaliseEmail = (email: string): string => email.trim().toLowerCase()

/** A company and a school act for their organisation, a coordinator for authorities; the others for neither. */
export function checkBelonging(role: Role, organisation: string | null, authorities: readonly string[]): void {
  const needsOrganisation = role === 'company' || role === 'school'
  if (needsOrganisation !== (organisation !== null)) {
    throw new RuleViolation(needsOrganisation ? 'accounts.needs-organisation' : 'accounts.no-organisation')
  }
  if ((role === 'coordinator') !== authorities.length > 0) {
    throw new RuleViolation(role === 'coordinator' ? 'accounts.needs-authority' : 'accounts.no-authority')
  }
}

export function checkName(name: string): void {
  if (name.trim() === '' || name.length > longestName) {
    throw new RuleViolation('accounts.name-length', { maximum: longestName })
  }
}

export function checkPassword(password: string): void {
  if (password.length < shortestPassword || password.length > longestPassword) {
    throw new RuleViolation('accounts.password-length', { minimum: shortestPassword, maximum: longestPassword })
  }
}
