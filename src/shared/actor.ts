export const roles = ['company', 'school', 'coordinator', 'national-coordinator', 'administrator'] as const
export type Role = (typeof roles)[number]

/** A person who is signed in, as the services know them. Loaded afresh for every request. */
export interface Actor {
  readonly id: string
  readonly name: string
  readonly role: Role
  /** The company for `company`, the central school unit for `school`; otherwise null. */
  readonly organisation: string | null
  /** Codes of the authorities a coordinator decides for; empty for everybody else. */
  readonly authorities: ReadonlySet<string>
}
