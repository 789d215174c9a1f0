import type { Locale } from './locale.js'

/**
 * Words that are not yet in anybody's language: a key of `locales/` with its values. Reasons are stored like this, so
 * that each reader sees them in the language of the reader. The values that are messages are translated in their turn.
 */
export interface Message {
  readonly key: string
  readonly values?: Readonly<Record<string, MessageValue>>
}

/** Lists are joined in the reader's language; a date is an ISO string under `{ date }`; `{ km }` is an amount in KM. */
export type MessageValue =
  | string
  | number
  | Message
  | readonly (Message | string)[]
  | { readonly date: string }
  | { readonly km: number }
  | { readonly names: Readonly<Record<string, string>> }

export const message = (key: string, values?: Readonly<Record<string, MessageValue>>): Message =>
  values === undefined ? { key } : { key, values }

/** Turns a message, or a key with values, into the words of one language. */
export type Translate = (message: Message | string, values?: Readonly<Record<string, MessageValue>>) => string

/** A translator that knows its locale. */
export interface Translator {
  readonly locale: Locale
  readonly t: Translate
}
