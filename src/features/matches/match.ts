import type { Actor } from '../../shared/actor.js'
import { ConflictError, ForbiddenError, RuleViolation } from '../../shared/errors.js'
import { message, type Message } from '../../shared/message.js'
import type { Category } from '../catalogue/index.js'
import { mayStep, type MatchState } from './match-life.js'

/** Shortest and longest reason that a coordinator may give for a rejection, in characters. */
export const reasonLimits = { min: 10, max: 1000 } as const

/** One step: who (id of an account; null for a round or the clock), when, from, to, why. */
export interface MatchStep {
  readonly from: MatchState
  readonly to: MatchState
  readonly by: string | null
  readonly at: Date
  readonly reason: string | null
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

export const mayApprove = (actor: Actor, match: Owned): boolean =>
  decidesFor(actor, match) && mayStep('authority', match.state, 'approved')

export const mayReject = (actor: Actor, match: Owned): boolean =>
  decidesFor(actor, match) && mayStep('authority', match.state, 'rejected')

/** The match after an authority said yes. Throws ForbiddenError, or ConflictError when it is decided already. */
export const approve = (match: Match, by: Actor, at: Date): Match => decide(match, 'approved', { by, at, reason: null })

/** The match after an authority said no. Throws as `approve`, and RuleViolation for a reason that says nothing. */
export function reject(match: Match, by: Actor, at: Date, reason: string): Match {
  const decided = decide(match, 'rejected', { by, at, reason: reason.trim() })
  const { min, max } = reasonLimits
  if (reason.trim().length < min) throw new RuleViolation('matches.reason-too-short', { minimum: min }, 'reason')
  if (reason.trim().length > max) throw new RuleViolation('matches.reason-too-long', { maximum: max }, 'reason')
  return decided
}

interface Decision {
  readonly by: Actor
  readonly at: Date
  readonly reason: string | null
}

function decide(match: Match, to: 'approved' | 'rejected', { by, at, reason }: Decision): Match {
  if (!decidesFor(by, match)) throw new ForbiddenError('matches.not-your-authority')
  if (!mayStep('authority', match.state, to)) throw alreadyDecided(match.state)
  return step(match, { from: match.state, to, by: by.id, at, reason })
}

/** Told to whoever comes second. */
export const alreadyDecided = (state: MatchState): ConflictError =>
  new ConflictError('matches.already-decided', { state: message(`matches.state.${state}`) })

const step = (match: Match, taken: MatchStep): Match => ({
  ...match,
  state: taken.to,
  history: [...match.history, taken],
  updatedAt: taken.at,
})
