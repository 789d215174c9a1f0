import type { MessageValue } from '../../shared/message.js'
import list from './authority-list.json' with { type: 'json' }

/** The authorities that decide about primary and secondary schools: ten cantons, Republika Srpska, Brčko District. */
export const authorityCodes = ['USK', 'PK', 'TK', 'ZDK', 'BPK', 'SBK', 'HNK', 'ZHK', 'KS', 'K10', 'RS', 'BD'] as const
export type AuthorityCode = (typeof authorityCodes)[number]

/** A name in every language, for `{ names }` of a message. */
export type Names = Readonly<Record<string, string>>

/** One of the 16 bodies. Names: Ministry of Civil Affairs, ERISEE, Eurydice, the ministries themselves (November 2026). */
export interface Body {
  /** Of a deciding body the code of its authority, `RS`; otherwise the code of the body. */
  readonly code: string
  /** Code of the body itself, `RS-MPK`. */
  readonly body: string
  readonly deciding: boolean
  readonly seat: string
  /** Full name of the ministry or department. */
  readonly names: Names
}

/** A deciding body with the name of the area that it decides for, "Una-Sana Canton". */
export interface Authority extends Body {
  readonly code: AuthorityCode
  readonly deciding: true
  readonly area: Names
}

export const isAuthorityCode = (value: unknown): value is AuthorityCode => authorityCodes.some((code) => code === value)

/** All 16: those that decide, and those that coordinate and see. */
export const bodies: readonly Body[] = list

export const authorityOf = (code: AuthorityCode): Authority => {
  const found = list.find((body) => body.code === code)
  if (found?.area === undefined) throw new RangeError(`No such authority: ${code}`)
  return { ...found, code, deciding: true, area: found.area }
}

/** The twelve, in their usual order. */
export const authorities: readonly Authority[] = authorityCodes.map(authorityOf)

/** "Una-Sana Canton" as the value of a message; a code that is no authority is shown as it is. */
export const areaOf = (code: string): MessageValue => (isAuthorityCode(code) ? { names: authorityOf(code).area } : code)

/** Whoever wrote `RS-MPK` or `usk` meant an authority; null when nothing is meant by it. */
export function authorityMeant(text: string): AuthorityCode | null {
  const code = text.trim().toUpperCase()
  if (isAuthorityCode(code)) return code
  const body = bodies.find((one) => one.body === code && one.deciding)
  return body !== undefined && isAuthorityCode(body.code) ? body.code : null
}
