import type { Actor } from '../../shared/actor.js'
import { ConflictError } from '../../shared/errors.js'
import { message, type Message } from '../../shared/message.js'
import { kindName, quantityOf, type Category } from '../catalogue/index.js'
import type { DeclineCause, MatchState, Party } from './match-life.js'

/** Shortest and longest reason that somebody may give for a rejection, in characters. */
export const reasonLimits = { min: 10, max: 1000 } as const

/** One step: who (id of an account; null for a round or the clock), when, from, to, why. */
export interface MatchStep {
  readonly from: MatchState
  readonly to: MatchState
  readonly by: string | null
  readonly at: Date
  readonly reason: string | null
  /** For whom the person acted; left out by those who came before there were several. */
  readonly party?: Party
  /** Why a side declined; the reason then holds its own words. */
  readonly cause?: DeclineCause
}

/** Who has to agree when the plan divides an offer among schools of several authorities. */
export const consentParties = ['authority', 'nation'] as const
export type ConsentParty = (typeof consentParties)[number]

export interface Consent {
  readonly party: ConsentParty
  /** Id of the account. */
  readonly by: string
  readonly at: Date
}

/** One offer for one need. */
export interface Pair {
  readonly offerId: string
  readonly needId: string
}

/** Another offer that could have served the need; `left` is what the plan left of it. */
export interface Alternative {
  readonly offerId: string
  readonly company: string
  readonly left: number
}

/** One offer, one need, a quantity. Names are as they were when the match was proposed. */
export interface Match {
  readonly id: string
  readonly roundId: string
  readonly state: MatchState
  readonly offerId: string
  readonly offerTitle: string
  /** Code of the catalogue; it may differ from the need's: another kind can serve it. */
  readonly offerKind: string
  readonly companyId: string
  readonly company: string
  readonly needId: string
  readonly kind: string
  readonly category: Category
  /** The school unit that the need is for, and the central school that acts for it. */
  readonly schoolId: string
  readonly school: string
  readonly centralSchoolId: string
  readonly authority: string
  /** Slug; empty when the register does not say. */
  readonly municipality: string
  readonly tier: 1 | 2 | 3 | 4 | 5
  readonly quantity: number
  readonly reason: Message
  readonly alternatives: readonly Alternative[]
  /** Proposals of the same plan that bring what this one requires. */
  readonly needsFirst: readonly Pair[]
  /** The plan gives of the same offer to schools of another authority: the nation has to agree too. */
  readonly isShared: boolean
  readonly consents: readonly Consent[]
  readonly history: readonly MatchStep[]
  readonly createdAt: Date
  /** When it came into its state. */
  readonly updatedAt: Date
}

/** A match as lists show it. */
export type MatchSummary = Omit<Match, 'history' | 'alternatives'>

type Owned = Pick<Match, 'companyId' | 'centralSchoolId' | 'authority' | 'state'>

/** A coordinator of the authority that the school unit belongs to. */
export const decidesFor = (actor: Actor, match: Pick<Match, 'authority'>): boolean =>
  actor.role === 'coordinator' && actor.authorities.has(match.authority)

/** A school and a company see their own, a coordinator those of their authorities, the nation everything. */
export function maySeeMatch(actor: Actor, match: Owned): boolean {
  if (match.state === 'prepared') return false
  switch (actor.role) {
    case 'company':
      return actor.organisation === match.companyId
    case 'school':
      return actor.organisation === match.centralSchoolId
    case 'coordinator':
      return decidesFor(actor, match)
    case 'national-coordinator':
    case 'administrator':
      return true
  }
}

/** Told to whoever comes second. */
export const alreadyDecided = (state: MatchState): ConflictError =>
  new ConflictError('matches.already-decided', { state: message(`matches.state.${state}`) })

/** "Laptops, 5 pieces: PŠ Vrtoče", in whatever language it will be read in. */
export const nameOf = ({ kind, quantity, school }: Pick<Match, 'kind' | 'quantity' | 'school'>): Message =>
  message('matches.row.title', { kind: kindName(kind), quantity: quantityOf(kind, quantity), school })
