/** Something that a person did and that must never be forgotten; what happened to whom is told in plain values. */
export interface Act {
  /** Feature and step: `match.approved`. */
  readonly act: string
  /** Id of the account; null when nobody did it but the clock or a round. */
  readonly by: string | null
  readonly subject: { readonly type: string; readonly id: string }
  readonly details: Readonly<Record<string, ActValue>>
}

export type ActValue = string | number | boolean | null | readonly string[]
