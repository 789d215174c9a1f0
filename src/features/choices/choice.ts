import type { Message } from '../../shared/message.js'
import {
  kinds,
  prerequisiteName,
  prerequisites,
  satisfies,
  type KindCode,
  type SchoolTerms,
} from '../catalogue/index.js'
import { refusedId, type ChosenTerms, type Need } from '../needs/index.js'
import type { OpenOffer } from '../offers/index.js'

/** An offer as a school chooses among several. */
export interface Candidate {
  readonly offer: OpenOffer
  readonly company: string
  /** Whether a round could propose it today. */
  readonly isOpen: boolean
  /** What the unit has to have first; a bundle may bring it. */
  readonly lacks: readonly Message[]
}

/** Everything that a school chooses among, a page at a time. */
export interface ChoicePage {
  readonly need: Need
  /** Name of the school unit. */
  readonly unit: string
  /** What the school has put in order, and has refused but is not open now; each is on no page of its own. */
  readonly chosen: readonly Candidate[]
  /** Other open offers, in the order of their ids. */
  readonly offers: readonly Candidate[]
  /** Companies of which the school wants nothing; their offers are left out. */
  readonly refused: readonly { readonly id: string; readonly name: string }[]
  readonly next: string | null
}

/** An offer that the choices name, as everybody who sees the need may read it. */
export interface NamedOffer {
  readonly id: string
  readonly title: string
  readonly company: string
}

export interface ChoiceNames {
  readonly offers: ReadonlyMap<string, NamedOffer>
  /** Names by id. */
  readonly companies: ReadonlyMap<string, string>
}

/** Kinds of offer of which some can meet a need of this kind. */
export const kindsServing = (need: KindCode): readonly KindCode[] =>
  kinds.filter(({ code, serves }) => code === need || serves.includes(need)).map(({ code }) => code)

export type AskingNeed = Pick<Need, 'kind' | 'spec' | 'available' | 'quantity' | 'deadline'>

/** The offer as a candidate for the need, or null when a hard rule speaks against it; today is an ISO date. */
export function candidateFor(
  { offer, company }: Pick<Candidate, 'offer' | 'company'>,
  { need, school }: { readonly need: AskingNeed; readonly school: SchoolTerms },
  today: string,
): Candidate | null {
  const asked = { kind: need.kind, spec: need.spec, quantity: need.available || need.quantity, deadline: need.deadline }
  const verdict = satisfies(offer, { ...asked, school }, today)
  const failed = verdict.ok ? [] : verdict.failed
  if (failed.some(({ rule }) => rule !== 'prerequisite')) return null
  const missing = prerequisites.filter((thing) => failed.some(({ about }) => about === thing))
  return { offer, company, isOpen: true, lacks: missing.map(prerequisiteName) }
}

/** What a school can answer to one offer: its place in the order, or "no, thank you". */
export const answers = ['1', '2', '3', 'offer', 'company'] as const
export type Answer = (typeof answers)[number]

export const isNo = (answer: Answer | undefined): boolean => answer === 'offer' || answer === 'company'

/** The answer to one offer as it is stored. */
export function answerTo(offer: OpenOffer, { ranking, refusals }: Pick<Need, 'ranking' | 'refusals'>) {
  const place = ranking.indexOf(offer.id)
  const refusal = refusals.find(({ offerId }) => offerId === offer.id)
  if (refusal !== undefined) return { answer: 'offer' as const, reason: refusal.reason }
  return { answer: place < 0 ? undefined : answers[place], reason: '' }
}

/** What a school answered to the offers that it was shown. */
export interface Answered {
  readonly offer: OpenOffer
  readonly answer: Answer | undefined
  readonly reason: string
}

/** The choices after these answers: what was not on the page stays, except companies that are welcome again. */
export function chosenFrom(
  need: Pick<Need, 'refusals'>,
  answered: readonly Answered[],
  welcome: readonly string[],
): ChosenTerms {
  const shown = new Set(answered.map(({ offer }) => offer.id))
  const said = answered.flatMap(({ offer, answer, reason }) =>
    isNo(answer) ? [{ offerId: answer === 'offer' ? offer.id : null, companyId: offer.companyId, reason }] : [],
  )
  const kept = need.refusals.filter(({ offerId, companyId }) =>
    offerId === null ? !welcome.includes(companyId) : !shown.has(offerId),
  )
  const refusals = new Map([...kept, ...said].map((refusal) => [refusedId(refusal), refusal]))
  const ranked = answered.filter(({ answer }) => answer !== undefined && !isNo(answer))
  ranked.sort((one, other) => Number(one.answer) - Number(other.answer))
  return { ranking: ranked.map(({ offer }) => offer.id), refusals: [...refusals.values()] }
}
