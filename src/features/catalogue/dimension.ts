/** What a number of a specification counts. Its words are `catalogue.measure.*`. */
export type Measure =
  | 'mbps'
  | 'gb'
  | 'gb-a-month'
  | 'month'
  | 'inch'
  | 'hour'
  | 'year'
  | 'generation'
  | 'person'
  | 'room'
  | 'device'
  | 'grade'
  | 'day'
  | 'percent'

/** On an offer or a need: has to be stated, may be stated, does not exist. */
export type Presence = 'required' | 'optional' | 'absent'

interface Named {
  readonly name: string
  readonly offer: Presence
  readonly need: Presence
}

/** A whole number. `at-least`: the offer's is not smaller than the need's; `at-most`: it is not larger. */
export interface IntegerDimension extends Named {
  readonly type: 'integer'
  readonly unit: Measure
  readonly min: number
  readonly max: number
  readonly rule: 'at-least' | 'at-most' | 'equal' | 'informative'
}

/** One option. */
export interface ChoiceDimension extends Named {
  readonly type: 'choice'
  readonly options: readonly string[]
  readonly rule: 'equal' | 'informative'
}

/** A set of options. `includes-all`: the offer has everything asked for; `overlaps`: it has one of what is accepted. */
export interface ChoicesDimension extends Named {
  readonly type: 'choices'
  readonly options: readonly string[]
  readonly rule: 'includes-all' | 'overlaps' | 'informative'
}

/** Yes counts as 1: a need that says yes wants an offer that says yes; a need that says no takes either. */
export interface YesNoDimension extends Named {
  readonly type: 'yes-no'
  readonly rule: 'at-least' | 'informative'
}

/**
 * One property of a kind. A need that does not state it asks for nothing; an offer that does not state it does not
 * promise it, so a need that asks for it is not satisfied.
 */
export type Dimension = IntegerDimension | ChoiceDimension | ChoicesDimension | YesNoDimension

type Presences = Partial<Pick<Named, 'offer' | 'need'>>

const presence = (given: Presences): Pick<Named, 'offer' | 'need'> => ({
  offer: 'optional',
  need: 'optional',
  ...given,
})

type Range = readonly [min: number, max: number]

export function atLeast(name: string, unit: Measure, [min, max]: Range, given: Presences = {}): IntegerDimension {
  return { name, type: 'integer', unit, min, max, rule: 'at-least', ...presence(given) }
}

export function atMost(name: string, unit: Measure, [min, max]: Range, given: Presences = {}): IntegerDimension {
  return { name, type: 'integer', unit, min, max, rule: 'at-most', ...presence(given) }
}

/** Shown to people, compared with nothing. */
export function informativeNumber(name: string, unit: Measure, [min, max]: Range, given: Presences): IntegerDimension {
  return { name, type: 'integer', unit, min, max, rule: 'informative', ...presence(given) }
}

export function includesAll(name: string, options: readonly string[], given: Presences = {}): ChoicesDimension {
  return { name, type: 'choices', options, rule: 'includes-all', ...presence(given) }
}

export function overlaps(name: string, options: readonly string[], given: Presences = {}): ChoicesDimension {
  return { name, type: 'choices', options, rule: 'overlaps', ...presence(given) }
}

export function informativeChoices(name: string, options: readonly string[], given: Presences): ChoicesDimension {
  return { name, type: 'choices', options, rule: 'informative', ...presence(given) }
}

export function oneOf(name: string, options: readonly string[], given: Presences): ChoiceDimension {
  return { name, type: 'choice', options, rule: 'informative', ...presence(given) }
}

export function yesNo(name: string, given: Presences = {}): YesNoDimension {
  return { name, type: 'yes-no', rule: 'at-least', ...presence(given) }
}

export function informativeYesNo(name: string, given: Presences): YesNoDimension {
  return { name, type: 'yes-no', rule: 'informative', ...presence(given) }
}

/** A need may be met in any of the languages it names. */
export const language = overlaps('language', ['bs', 'hr', 'sr', 'en'])
export const mode = overlaps('mode', ['in-person', 'online', 'blended'], { offer: 'required' })
export const months = atLeast('months', 'month', [1, 120], { offer: 'required' })
export const warranty = atLeast('warrantyMonths', 'month', [0, 120])
export const installation = yesNo('installation')
/** ISO 9999 classes at the level of four digits. */
export const isoClass = (...classes: readonly string[]): ChoicesDimension => includesAll('isoClass', classes)
