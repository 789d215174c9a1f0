import { message, type Message, type MessageValue } from '../../shared/message.js'
import type { Dimension, Measure } from './dimension.js'
import { isKindCode, type Area, type Category, type Prerequisite, type Unit } from './kind.js'
import { kindOf } from './kinds.js'

/** Name of a kind; a code that the catalogue does not know is shown as it is. */
export const kindName = (code: string): Message | string =>
  isKindCode(code) ? message(`catalogue.kind.${code}.name`) : code

export const categoryName = (category: Category): Message => message(`catalogue.category.${category}`)
export const areaName = (area: Area): Message => message(`catalogue.area.${area}`)
export const prerequisiteName = (thing: Prerequisite): Message => message(`catalogue.prerequisite.${thing}`)

/** What is counted, without a number: "pieces". */
export const unitName = (unit: Unit): Message => message(`catalogue.unit-name.${unit}`)

/** "12 laptops" is not grammar for 26 kinds in five languages: a number of units of the kind, "12 pieces". */
export const unitCount = (unit: Unit, count: number): Message => message(`catalogue.unit.${unit}`, { count })

export function quantityOf(code: string, count: number): Message {
  return isKindCode(code) ? unitCount(kindOf(code).unit, count) : message('catalogue.unit.piece', { count })
}

export const dimensionLabel = (dimension: Dimension): Message => message(`catalogue.dimension.${dimension.name}.label`)
export const dimensionHint = (dimension: Dimension): Message => message(`catalogue.dimension.${dimension.name}.hint`)
export const optionName = (dimension: Dimension, option: string): Message =>
  message(`catalogue.option.${dimension.name}.${option}`)

/** A stated value in words: "8 GB", "Windows or Linux" as a list, "yes". */
export function valueWords(dimension: Dimension, value: unknown): MessageValue {
  switch (dimension.type) {
    case 'integer':
      return typeof value === 'number' ? measured(dimension.unit, value) : unstated
    case 'yes-no':
      return typeof value === 'boolean' ? message(value ? 'catalogue.yes' : 'catalogue.no') : unstated
    case 'choice':
    case 'choices': {
      const named = Array.isArray(value) ? (value as unknown[]) : [value]
      const known = dimension.options.filter((option) => named.includes(option))
      return known.length === 0 ? unstated : known.map((option) => optionName(dimension, option))
    }
  }
}

const unstated = message('catalogue.unstated')

/** A year is no count: 2018, not 2,018. */
const measured = (unit: Measure, count: number): Message =>
  unit === 'year'
    ? message('catalogue.measure.year', { year: String(count) })
    : message(`catalogue.measure.${unit}`, { count })
