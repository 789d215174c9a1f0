import type { Actor } from '../../shared/actor.js'
import { RuleViolation } from '../../shared/errors.js'

/** How many offers a school puts in order, how often it can say no, and the longest reason in characters. */
export const choiceLimits = { ranking: 3, refusals: 200, reason: 300, kept: 50 } as const

/** "No, thank you": to one offer, or to everything of a company (then `offerId` is null). */
export interface Refusal {
  readonly offerId: string | null
  readonly companyId: string
  /** Empty when the school gave none. */
  readonly reason: string
  /** Id of the account. */
  readonly by: string
  readonly at: Date
}

/** What a school would rather have, and what not. Neither costs the need its place. */
export interface Choices {
  /** Ids of offers, the one liked most first. */
  readonly ranking: readonly string[]
  readonly refusals: readonly Refusal[]
}

/** What a school writes. */
export interface ChosenTerms {
  readonly ranking: readonly string[]
  readonly refusals: readonly Omit<Refusal, 'by' | 'at'>[]
}

/** How the choices stood after somebody changed them; ids of offers and companies. */
export interface ChoiceStep {
  readonly by: string
  readonly at: Date
  readonly ranking: readonly string[]
  readonly refused: readonly string[]
}

export const noChoices: Choices = { ranking: [], refusals: [] }

/** The offer or the company that is never to be proposed. */
export const refusedId = ({ offerId, companyId }: Omit<Refusal, 'by' | 'at'>): string => offerId ?? companyId

/** The choices after a school wrote these. Throws RuleViolation. */
export function choose(was: Choices, written: ChosenTerms, by: Actor, at: Date): Choices {
  checkChosen(written)
  const known = new Map(was.refusals.map((refusal) => [refusedId(refusal), refusal]))
  return {
    ranking: written.ranking,
    // Whoever only confirms a "no" is not the one who said it.
    refusals: written.refusals.map((refusal) => {
      const said = known.get(refusedId(refusal))
      return said?.reason === refusal.reason ? said : { ...refusal, by: by.id, at }
    }),
  }
}

function checkChosen({ ranking, refusals }: ChosenTerms): void {
  const refused = refusals.map(refusedId)
  if (new Set(ranking).size < ranking.length) throw new RuleViolation('needs.choices.ranked-twice')
  if (new Set(refused).size < refused.length) throw new RuleViolation('needs.choices.refused-twice')
  if (ranking.some((id) => refused.includes(id))) throw new RuleViolation('needs.choices.ranked-and-refused')
  if (ranking.length > choiceLimits.ranking) {
    throw new RuleViolation('needs.choices.too-many-ranks', { most: choiceLimits.ranking })
  }
  if (refusals.length > choiceLimits.refusals) {
    throw new RuleViolation('needs.choices.too-many-refusals', { most: choiceLimits.refusals })
  }
}

/** The choices with one more "no": the refused offer leaves the ranking. */
export const refuse = (was: Choices, refusal: Refusal): Choices => ({
  ranking: was.ranking.filter((id) => id !== refusal.offerId),
  refusals: [...was.refusals.filter((one) => refusedId(one) !== refusedId(refusal)), refusal],
})

export const stepOf = ({ ranking, refusals }: Choices, by: string, at: Date): ChoiceStep => ({
  by,
  at,
  ranking,
  refused: refusals.map(refusedId),
})
