import type { Level } from '../../shared/level.js'
import { message, type Message } from '../../shared/message.js'
import type { Territory } from '../../shared/territory.js'
import { dimensionLabel, kindName, optionName, valueWords } from './catalogue-words.js'
import { encodeValue } from './comparison.js'
import type { Dimension } from './dimension.js'
import type { Prerequisite } from './kind.js'

export const otherKind = (offered: string, asked: string): Message =>
  message('catalogue.failed.kind', { offered: kindName(offered), asked: kindName(asked) })

export const wantsNew: Message = message('catalogue.failed.refurbished')

/** The offer's own territory is the reader's to see on the offer; here it is enough which sort of limit it has. */
export const elsewhere = (territory: Territory): Message => message(`catalogue.failed.territory.${territory.scope}`)

export const otherLevel = (levels: readonly Level[]): Message =>
  message('catalogue.failed.level', { levels: levels.map((level) => message(`catalogue.level.${level}`)) })

export const ended = (date: string): Message => message('catalogue.failed.ended', { date: { date } })
export const notBegun = (date: string): Message => message('catalogue.failed.not-begun', { date: { date } })
export const tooSlow = (days: number, deadline: string): Message =>
  message('catalogue.failed.lead-time', { count: days, deadline: { date: deadline } })
export const lotTooLarge = (lot: number, count: number): Message =>
  message('catalogue.failed.minimum-lot', { lot, count })
export const lacks = (thing: Prerequisite): Message => message(`catalogue.failed.prerequisite.${thing}`)

/** Options asked for that the offer does not have. */
function missing(dimension: Dimension, offered: unknown, asked: unknown): readonly Message[] {
  if (dimension.type !== 'choices') return []
  const has = Array.isArray(offered) ? (offered as unknown[]) : []
  const wants = Array.isArray(asked) ? (asked as unknown[]) : [asked]
  return dimension.options
    .filter((option) => wants.includes(option) && !has.includes(option))
    .map((option) => optionName(dimension, option))
}

/** "Memory: at least 16 GB is asked for, the offer has 8 GB". */
export function falls(dimension: Dimension, offered: unknown, asked: unknown): Message {
  const name = dimensionLabel(dimension)
  if (dimension.type === 'yes-no') return message('catalogue.failed.not-included', { name })
  const wanted = valueWords(dimension, asked)
  if (encodeValue(dimension, offered) === null) return message('catalogue.failed.not-stated', { name, asked: wanted })
  if (dimension.rule === 'includes-all') {
    return message('catalogue.failed.includes-all', { name, missing: missing(dimension, offered, asked) })
  }
  return message(`catalogue.failed.${dimension.rule}`, { name, asked: wanted, offered: valueWords(dimension, offered) })
}
