import type { Actor } from '../../shared/actor.js'
import { QuestionCancelled, type AnswerTo, type Question } from '../questions/index.js'
import type { Rounds } from '../rounds/index.js'
import type { Preview } from './preview.js'
import { roundFor, roundOfferOf, type Offered } from './offer-question.js'

export interface OfferPreviews {
  /** While a person waits; one at a time for each. */
  effectOf(actor: Actor, offer: Offered & { readonly reach: readonly string[] }): Promise<Preview>
}

interface Parts {
  readonly rounds: Pick<Rounds, 'withFiles' | 'input'>
  readonly run: <Q extends Question>(bytes: Uint8Array, question: Q, signal: AbortSignal) => Promise<AnswerTo<Q>>
}

/** Nobody is kept waiting for a page longer than this, in milliseconds. */
const patience = 8000

export function createOfferPreviews({ rounds, run }: Parts): OfferPreviews {
  const waiting = new Set<string>()

  const solve = async (offer: Offered & { readonly reach: readonly string[] }): Promise<Preview> => {
    const round = roundFor(await rounds.withFiles(), offer.reach)
    if (round === null) return { state: 'none' }
    const input = await rounds.input(round.id)
    const question = { type: 'demand-of-offer', offer: roundOfferOf(offer) } as const
    try {
      return {
        state: 'found',
        roundNumber: round.number,
        effect: await run(input, question, AbortSignal.timeout(patience)),
      }
    } catch (error) {
      if (error instanceof QuestionCancelled) return { state: 'too-long' }
      throw error
    }
  }

  return {
    async effectOf(actor, offer) {
      if (waiting.has(actor.id)) return { state: 'busy' }
      waiting.add(actor.id)
      return solve(offer).finally(() => waiting.delete(actor.id))
    },
  }
}
