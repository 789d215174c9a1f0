import type { Actor } from '../../shared/actor.js'
import { ConflictError, ForbiddenError, RuleViolation } from '../../shared/errors.js'
import { declineCauses, mayStep, type DeclineCause, type MatchState, type Party } from './match-life.js'
import {
  alreadyDecided,
  consentParties,
  decidesFor,
  reasonLimits,
  type ConsentParty,
  type Match,
  type MatchStep,
} from './match.js'

type Owned = Pick<Match, 'companyId' | 'centralSchoolId' | 'authority' | 'state'>
type Shared = Pick<Match, 'isShared' | 'consents' | 'state'>

/** Who has not agreed yet; nobody for a match that one authority decides alone, or that is decided. */
export const awaitedFor = ({ isShared, consents, state }: Shared): readonly ConsentParty[] =>
  isShared && state === 'proposed'
    ? consentParties.filter((party) => !consents.some((consent) => consent.party === party))
    : []

/** Whether an authority's word is still asked for; one that has agreed already waits for the nation. */
const isUpTo = (party: ConsentParty, match: Shared): boolean => {
  const awaited = awaitedFor(match)
  return awaited.length === 0 || awaited.includes(party)
}

export const mayApprove = (actor: Actor, match: Owned & Shared): boolean =>
  decidesFor(actor, match) && mayStep('authority', match.state, 'approved') && isUpTo('authority', match)

export const mayReject = (actor: Actor, match: Owned): boolean =>
  decidesFor(actor, match) && mayStep('authority', match.state, 'rejected')

/** Whether the person decides for the whole country how offers are divided. */
export const mayShare = (actor: Actor): boolean => actor.role === 'national-coordinator'

/** The side of a match that a person acts for, or null. */
export function sideOf(actor: Actor, match: Owned): 'company' | 'school' | null {
  if (actor.role === 'company' && actor.organisation === match.companyId) return 'company'
  return actor.role === 'school' && actor.organisation === match.centralSchoolId ? 'school' : null
}

export function mayDecline(actor: Actor, match: Owned): boolean {
  const side = sideOf(actor, match)
  return side !== null && mayStep(side, match.state, 'declined')
}

/**
 * The match after an authority said yes: approved, or still proposed with its consent when the nation has to agree too.
 * Throws ForbiddenError, or ConflictError when it is decided or agreed already.
 */
export function approve(match: Match, by: Actor, at: Date): Match {
  if (!decidesFor(by, match)) throw new ForbiddenError('matches.not-your-authority')
  return agree(match, 'authority', by, at)
}

/** The match after the nation agreed to the division of its offer. Throws as `approve`. */
export function share(match: Match, by: Actor, at: Date): Match {
  checkShared(match, by)
  return agree(match, 'nation', by, at)
}

function checkShared({ isShared }: Match, by: Actor): void {
  if (!mayShare(by)) throw new ForbiddenError('matches.only-the-nation')
  if (!isShared) throw new RuleViolation('matches.not-shared')
}

function agree(match: Match, party: ConsentParty, by: Actor, at: Date): Match {
  if (!mayStep(party, match.state, 'approved')) throw alreadyDecided(match.state)
  if (!isUpTo(party, match)) throw new ConflictError('matches.already-agreed')
  const agreed = consent(match, party, by, at)
  return awaitedFor(agreed).length > 0 ? agreed : taken(match, 'approved', { by, at, party }, agreed.consents)
}

/** The match with the nation's consent and nothing else, where it cannot be approved yet. Throws as `share`. */
export function agreeToShare(match: Match, by: Actor, at: Date): Match {
  checkShared(match, by)
  return consent(match, 'nation', by, at)
}

/** One that has this consent already stays as it is. */
function consent(match: Match, party: ConsentParty, by: Actor, at: Date): Match {
  if (!match.isShared || !awaitedFor(match).includes(party)) return match
  return taken(match, match.state, { by, at, party }, [...match.consents, { party, by: by.id, at }])
}

/** The match after an authority said no. Throws as `approve`, and RuleViolation for a reason that says nothing. */
export function reject(match: Match, by: Actor, at: Date, reason: string): Match {
  if (!decidesFor(by, match)) throw new ForbiddenError('matches.not-your-authority')
  return refuse(match, 'authority', { by, at, reason: reason.trim() })
}

/** The match after the nation said no to the division of its offer. Throws as `reject`. */
export function rejectShared(match: Match, by: Actor, at: Date, reason: string): Match {
  checkShared(match, by)
  return refuse(match, 'nation', { by, at, reason: reason.trim() })
}

function refuse(match: Match, party: ConsentParty, { by, at, reason }: Omit<Decision, 'party'> & { reason: string }) {
  if (!mayStep(party, match.state, 'rejected')) throw alreadyDecided(match.state)
  const { min, max } = reasonLimits
  if (reason.length < min) throw new RuleViolation('matches.reason-too-short', { minimum: min }, 'reason')
  if (reason.length > max) throw new RuleViolation('matches.reason-too-long', { maximum: max }, 'reason')
  return taken(match, 'rejected', { by, at, reason, party })
}

/** Why a side declines. */
export interface Decline {
  readonly cause: DeclineCause
  /** Its own words; needed where the cause says nothing. */
  readonly words: string
}

/** The match after a company or a school said no, which costs neither anything. Throws as `reject`. */
export function decline(match: Match, by: Actor, at: Date, { cause, words }: Decline): Match {
  const side = sideOf(by, match)
  if (side === null) throw new ForbiddenError('matches.only-the-sides')
  if (!mayStep(side, match.state, 'declined')) throw alreadyDecided(match.state)
  if (!declineCauses[side].some((one) => one === cause)) throw new RuleViolation('errors.field.choose', {}, 'cause')
  const { min, max } = reasonLimits
  const reason = words.trim()
  if (cause === 'other' && reason.length < min)
    throw new RuleViolation('matches.reason-too-short', { minimum: min }, 'words')
  if (reason.length > max) throw new RuleViolation('matches.reason-too-long', { maximum: max }, 'words')
  return taken(match, 'declined', { by, at, reason: reason === '' ? null : reason, party: side, cause })
}

interface Decision {
  readonly by: Actor
  readonly at: Date
  readonly party: Party
  readonly reason?: string | null
  readonly cause?: DeclineCause
}

function taken(match: Match, to: MatchState, decision: Decision, consents: Match['consents'] = match.consents): Match {
  const { by, at, party, reason = null, cause } = decision
  const step: MatchStep = {
    ...{ from: match.state, to, by: by.id, at, reason, party },
    ...(cause === undefined ? {} : { cause }),
  }
  // A consent is no new state: what is due by then stays due by then.
  const updatedAt = to === match.state ? match.updatedAt : at
  return { ...match, state: to, consents, history: [...match.history, step], updatedAt }
}
