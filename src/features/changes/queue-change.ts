import { message, type Message } from '../../shared/message.js'
import { quantityOf } from '../catalogue/index.js'
import type { MatchSummary } from '../matches/index.js'

/** One thing that a round changes in the queues. */
export interface Change {
  readonly match: MatchSummary
  readonly does: 'goes' | 'comes'
  readonly why: Message
}

/** What is known now about the two sides of a match that goes. */
export interface Sides {
  readonly offer: OfferNow | undefined
  readonly need: { readonly state: string; readonly available: number } | undefined
  /** What the round proposes instead for the same need. */
  readonly instead: readonly Pick<MatchSummary, 'offerId' | 'company' | 'quantity'>[]
  /** ISO date. */
  readonly today: string
}

interface OfferNow {
  readonly state: string
  readonly available: number
  readonly validTo: string
}

/** Why a proposal goes: what became of its two sides, otherwise what the plan does instead. */
export function whyItGoes(match: MatchSummary, sides: Sides): Message {
  const obstacle = obstacleTo(match, sides)
  if (obstacle !== null) return obstacle
  const same = sides.instead.find((one) => one.offerId === match.offerId)
  if (same !== undefined) return message('changes.why.quantity', { now: quantityOf(match.kind, same.quantity) })
  const [other] = sides.instead
  return other === undefined
    ? message('changes.why.elsewhere')
    : message('changes.why.replaced', { company: other.company })
}

/** Why a proposal can't be approved as things are now; null = it can. */
export function obstacleTo(
  { kind, quantity }: MatchSummary,
  { offer, need, today }: Pick<Sides, 'offer' | 'need' | 'today'>,
): Message | null {
  if (offer !== undefined) {
    if (offer.state !== 'published') return message('changes.why.offer-closed')
    if (offer.validTo < today) return message('changes.why.offer-lapsed')
    if (offer.available < quantity)
      return message('changes.why.offer-less', { left: quantityOf(kind, offer.available) })
  }
  if (need === undefined) return null
  if (need.state !== 'published') return message('changes.why.need-closed')
  if (need.available < quantity) return message('changes.why.need-less', { left: quantityOf(kind, need.available) })
  return null
}
