import type { ClientSession } from 'mongoose'
import { ConflictError } from '../../shared/errors.js'
import type { Match, NeededTerms, OfferedTerms } from '../matches/index.js'
import type { NeedChoices, NeedUnits } from '../needs/index.js'
import type { OfferUnits } from '../offers/index.js'

/** What a decision writes into the books of the offer and of the need, inside its own transaction. */
export interface Books {
  /** Throws ConflictError, in words about this match, when too few are left on either side. */
  reserve(session: ClientSession, match: Match): Promise<void>
  release(session: ClientSession, match: Match): Promise<void>
  /** The school does not want this offer for this need; it keeps its place. */
  remember(session: ClientSession, declined: Match): Promise<void>
  /** What both sides say now. */
  terms(
    offerId: string,
    needId: string,
  ): Promise<{ readonly offer: OfferedTerms | undefined; readonly need: NeededTerms | undefined }>
}

interface Parts {
  readonly offerUnits: Pick<OfferUnits, 'reserve' | 'release' | 'byIds'>
  readonly needUnits: Pick<NeedUnits, 'reserveFor' | 'release' | 'byIds'>
  readonly needChoices: Pick<NeedChoices, 'refuse'>
}

export const createBooks = ({ offerUnits, needUnits, needChoices }: Parts): Books => ({
  async reserve(session, { offerId, needId, quantity }) {
    await orTell(offerUnits.reserve(session, offerId, quantity), 'matches.offer-has-less', quantity)
    await orTell(needUnits.reserveFor(session, needId, quantity), 'matches.need-wants-less', quantity)
  },
  async release(session, { offerId, needId, quantity }) {
    await offerUnits.release(session, offerId, quantity)
    await needUnits.release(session, needId, quantity)
  },
  async remember(session, { offerId, companyId, needId, history }) {
    const said = history.at(-1)
    if (said === undefined || said.by === null) return
    await needChoices.refuse(session, needId, {
      offerId,
      companyId,
      reason: said.reason ?? '',
      by: said.by,
      at: said.at,
    })
  },
  async terms(offerId, needId) {
    const [offers, needs] = await Promise.all([offerUnits.byIds([offerId]), needUnits.byIds([needId])])
    return { offer: offers.get(offerId), need: needs.get(needId) }
  },
})

/** A refusal to reserve, in words about this match: how many it needs, how many are left. */
async function orTell(reserving: Promise<void>, key: string, units: number): Promise<void> {
  try {
    await reserving
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error
    throw new ConflictError(key, { left: Number(error.words.values?.['left'] ?? 0), units })
  }
}
