import { message, type Message, type MessageValue } from '../../shared/message.js'
import { areaOf } from '../authorities/index.js'
import { isCountry, type Round } from './round.js'

/** "the whole country", or the areas of the authorities. */
export const scopeWords = (scope: readonly string[]): Message | readonly Message[] =>
  isCountry(scope)
    ? message('round-pages.scope.country')
    : scope.map((code) => message('listings.value', { value: areaOf(code) }))

/** Who asked for a round: a name, or what a repair is. */
export const byWhom = ({ requestedBy }: Pick<Round, 'requestedBy'>): MessageValue =>
  requestedBy === null ? message('round-pages.by-repair') : requestedBy.name
