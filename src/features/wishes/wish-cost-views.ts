import { message, type Message } from '../../shared/message.js'
import { quantityOf } from '../catalogue/index.js'
import type { Reader } from '../listings/index.js'
import { areaNames, type Offer } from '../offers/index.js'
import type { WishEffect } from '../questions/index.js'
import { isWaiting, type WishCost } from './wish-question.js'

interface Shown {
  readonly offer: Offer
  readonly cost: WishCost | null
  readonly now: Date
}

/** What the wish of an offer costs, in words; a button where it has not been asked. */
export function wishCostView(reader: Reader, { offer, cost, now }: Shown) {
  const { t, formats } = reader
  const isAsked = cost !== null && isWaiting(cost, now)
  const isAnswered = cost?.state === 'answered'
  return {
    title: t('wishes.title'),
    back: { href: `/offers/${offer.id}`, text: offer.title },
    path: `/offers/${offer.id}/wish-cost`,
    wish: offer.wish === null ? t('wishes.no-wish') : t(wishName(offer.wish)),
    isWaiting: isAsked,
    hasFailed: cost !== null && !isAsked && !isAnswered,
    lines: isAnswered ? effectWords(offer, cost.effect).map((line) => t(line)) : [],
    confirmed: isAnswered
      ? t('wishes.confirmed', {
          number: String(cost.roundNumber),
          at: cost.answeredAt === null ? '' : formats.dateTime(cost.answeredAt),
        })
      : null,
    button: offer.wish === null || isAsked ? null : t(isAnswered ? 'wishes.ask-again' : 'wishes.ask'),
  }
}

export const wishName = ({ share, authorities }: NonNullable<Offer['wish']>): Message =>
  message('wishes.wish', { share, places: areaNames(authorities) })

/** No names of schools: a company is told how many. */
function effectWords({ kind, wish }: Offer, effect: WishEffect | null): readonly Message[] {
  if (effect === null || wish === null) return [message('wishes.not-in-round')]
  const { kept, units, schoolUnits, students, gaining, losing } = effect
  const keeping = { wish: wishName(wish), kept: quantityOf(kind, kept) }
  return [
    units > 0
      ? message('wishes.leaves', {
          ...keeping,
          units: quantityOf(kind, units),
          schools: message('wishes.school-units', { count: Math.max(0, schoolUnits) }),
          pupils: message('wishes.pupils', { count: Math.max(0, students) }),
        })
      : message('wishes.nothing', keeping),
    ...(gaining + losing === 0
      ? []
      : [
          message('wishes.moves', {
            gaining: message('wishes.units', { count: gaining }),
            losing: message('wishes.units', { count: losing }),
          }),
        ]),
  ]
}
