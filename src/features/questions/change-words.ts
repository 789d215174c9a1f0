import { message, type Message, type MessageValue } from '../../shared/message.js'
import { areaOf } from '../authorities/index.js'
import {
  dimensionLabel,
  isKindCode,
  kindName,
  kindOf,
  prerequisiteName,
  quantityOf,
  valueWords,
} from '../catalogue/index.js'
import type { Change } from './change.js'
import type { NeedExplanation } from './need-explanation.js'
import type { PlanEffect } from './plan-effect.js'

/** Whether the reader may know which schools and which companies are meant. */
export interface Discretion {
  readonly withNames: boolean
}

type About = Pick<NeedExplanation, 'kind' | 'spec'>

/** A change as a part of a sentence. */
export function changeWords(change: Change, need: About, { withNames }: Discretion): Message {
  const key = `why.change.${change.type}`
  switch (change.type) {
    case 'prerequisites':
      return message(key, { things: change.things.map(prerequisiteName) })
    case 'refurbished':
      return message(key)
    case 'deadline':
      return message(key, { date: { date: change.date } })
    case 'specification':
      return specificationWords(change, need)
    case 'quantity':
      return message(key, { units: quantityOf(need.kind, change.quantity) })
    case 'lot':
    case 'maximum': {
      const values = { units: quantityOf(need.kind, change.units), company: change.company }
      return message(withNames ? `${key}-of` : key, values)
    }
    case 'supply':
      return message(key, {
        units: quantityOf(change.kind, change.units),
        kind: kindName(change.kind),
        authority: areaOf(change.authority),
      })
  }
}

function specificationWords(
  { dimension, value }: Extract<Change, { type: 'specification' }>,
  { kind, spec }: About,
): Message {
  const found = isKindCode(kind) ? kindOf(kind).dimensions.find(({ name }) => name === dimension) : undefined
  if (found === undefined) return message('why.change.no-specification', { dimension })
  const name = dimensionLabel(found)
  return value === null
    ? message('why.change.no-specification', { dimension: name })
    : message('why.change.specification', {
        dimension: name,
        value: valueWords(found, value),
        asked: valueWords(found, spec[dimension]),
      })
}

/** What the others would get less and more, a sentence each. */
export function othersWords({ rows, schools }: PlanEffect, { withNames }: Discretion): readonly Message[] {
  const row = (place: PlanEffect['rows'][number], units: number): Message =>
    message('why.others.row', { authority: areaOf(place.authority), tier: place.tier, units })
  const less = rows.filter(({ lost }) => lost > 0).map((one) => row(one, one.lost))
  const more = rows.filter(({ gained }) => gained > 0).map((one) => row(one, one.gained))
  const named = schools.map(({ name, units }) =>
    message(units > 0 ? 'why.others.school-more' : 'why.others.school-less', { school: name, units: Math.abs(units) }),
  )
  return [
    less.length === 0 ? message('why.others.nobody-less') : message('why.others.less', { rows: less }),
    ...(more.length === 0 ? [] : [message('why.others.more', { rows: more })]),
    ...(withNames && named.length > 0 ? [message('why.others.schools', { schools: named })] : []),
  ]
}

/** Messages one after the other, as one. */
export const inOne = (sentences: readonly Message[]): Message =>
  sentences
    .slice(1)
    .reduce((first, then) => message('why.then', { first, then }), sentences[0] ?? message('why.nothing'))

export const typeWords = (type: Change['type']): MessageValue & Message => message(`why.sort.${type}`)
