import type { Actor } from '../../shared/actor.js'
import { ConflictError, RuleViolation } from '../../shared/errors.js'
import type { Locale } from '../../shared/locale.js'
import { message } from '../../shared/message.js'
import type { KindCode, Specification } from '../catalogue/index.js'
import type { SchoolUnit, Tier } from '../schools/index.js'
import type { Choices, ChoiceStep } from './need-choices.js'
import { checkQuantity, step, type Holdings, type ListingFilter, type Transition } from '../listings/index.js'

export const needStates = ['draft', 'published', 'paused', 'withdrawn', 'met'] as const
export type NeedState = (typeof needStates)[number]

export const urgencies = [1, 2, 3] as const
/** 1 low, 2, 3 high. */
export type Urgency = (typeof urgencies)[number]

/** Longest text, in characters, and the most people that one need can be for. */
export const limits = { reason: 2000, people: 10_000 } as const

/** How many people it is for. Counts only: nothing that Spona stores says anything about one pupil. */
export interface Beneficiaries {
  readonly students: number
  readonly teachers: number
}

/** What a school writes; everything else of a need follows from its unit and from what happens to it. */
export interface NeedTerms {
  /** The central school itself or one of its branches. */
  readonly schoolUnitId: string
  readonly kind: KindCode
  readonly spec: Specification
  readonly quantity: number
  readonly urgency: Urgency
  /** ISO date by which it is wanted, inclusive; null = whenever it comes. */
  readonly deadline: string | null
  readonly reason: string
  readonly beneficiaries: Beneficiaries
  /** The language the reason is written in. */
  readonly locale: Locale
}

/** What a need and its pages look at of a school unit. */
export type NeedUnit = Pick<
  SchoolUnit,
  'id' | 'name' | 'centralId' | 'isBranch' | 'authority' | 'municipality' | 'tier' | 'numStudents'
>

export interface Need extends NeedTerms, Holdings, Choices {
  readonly id: string
  // Copied from the unit with every edit, so that needs can be asked for by place and tier:
  /** The central school whose account acts for the unit. */
  readonly centralSchoolId: string
  /** Code of the authority. */
  readonly authority: string
  /** Slug; empty when the register does not say. */
  readonly municipality: string
  readonly tier: Tier
  readonly state: NeedState
  /** Null until it was published for the first time: until then only the school knows of it. */
  readonly publishedAt: Date | null
  readonly history: readonly Transition<NeedState>[]
  /** How the choices changed, the last step last; of many the last fifty. */
  readonly choiceHistory: readonly ChoiceStep[]
  /** Grows with every edit, every choice and every step; a form carries it, so that of two editors the second one is told. */
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A need as lists show it. */
export type NeedSummary = Omit<Need, 'history' | 'spec' | 'reason' | keyof Choices | 'choiceHistory'>

export type NeedFilter = ListingFilter<NeedState>

type Known = Pick<Need, 'centralSchoolId' | 'state'>
type Visible = Pick<Need, 'centralSchoolId' | 'publishedAt' | 'authority'>

export const mayCreateNeed = (actor: Actor): boolean => actor.role === 'school' && actor.organisation !== null

export const ownsNeed = (actor: Actor, need: Pick<Need, 'centralSchoolId'>): boolean =>
  actor.role === 'school' && actor.organisation === need.centralSchoolId

/** A school sees its own, a coordinator what was published in their authority, the nation everything. */
export function maySeeNeed(actor: Actor, need: Visible): boolean {
  switch (actor.role) {
    case 'school':
      return ownsNeed(actor, need)
    case 'coordinator':
      return need.publishedAt !== null && actor.authorities.has(need.authority)
    case 'national-coordinator':
    case 'administrator':
      return true
    case 'company':
      return false
  }
}

const stepsFrom: Readonly<Record<NeedState, readonly NeedState[]>> = {
  draft: ['published', 'withdrawn'],
  published: ['paused', 'withdrawn', 'met'],
  paused: ['published', 'withdrawn', 'met'],
  withdrawn: [],
  met: [],
}

const may = (actor: Actor, need: Known, from: NeedState, to: NeedState): boolean =>
  ownsNeed(actor, need) && need.state === from && stepsFrom[from].includes(to)

export const isClosed = (need: Pick<Need, 'state'>): boolean => stepsFrom[need.state].length === 0
export const mayEditNeed = (actor: Actor, need: Known): boolean => ownsNeed(actor, need) && !isClosed(need)
export const mayPublishNeed = (actor: Actor, need: Known): boolean => may(actor, need, 'draft', 'published')
export const mayPauseNeed = (actor: Actor, need: Known): boolean => may(actor, need, 'published', 'paused')
export const mayResumeNeed = (actor: Actor, need: Known): boolean => may(actor, need, 'paused', 'published')
export const mayWithdrawNeed = (actor: Actor, need: Known): boolean =>
  ownsNeed(actor, need) && stepsFrom[need.state].includes('withdrawn')
/** Kind and unit are what others decided on: they are fixed once it was published. */
export const isSettled = (need: Pick<Need, 'publishedAt'>): boolean => need.publishedAt !== null

/** The refusal of a step or an edit for which the need is not, or no longer, in the right state. */
export const notNow = (need: Known): ConflictError =>
  new ConflictError('needs.not-now', { state: message(`needs.state.${need.state}`) })

function go(need: Need, to: NeedState, by: Actor, at: Date, reason?: string): Need {
  if (!stepsFrom[need.state].includes(to)) throw notNow(need)
  return step<NeedState, Need>(need, to, by, at, reason)
}

/** Out of the drawer, for the first time or after a pause. */
export const publish = (need: Need, by: Actor, at: Date): Need => ({
  ...go(need, 'published', by, at),
  publishedAt: need.publishedAt ?? at,
})
export const pause = (need: Need, by: Actor, at: Date): Need => go(need, 'paused', by, at)
/** Final. What was already approved stays approved. */
export const withdraw = (need: Need, by: Actor, at: Date, reason: string): Need => go(need, 'withdrawn', by, at, reason)

/** The need as it would be after an edit. Throws RuleViolation or ConflictError. */
export function revise(need: Need, written: NeedTerms): Need {
  if (isClosed(need)) throw notNow(need)
  if (isSettled(need) && written.kind !== need.kind) throw new RuleViolation('needs.kind-is-fixed', undefined, 'kind')
  if (isSettled(need) && written.schoolUnitId !== need.schoolUnitId) {
    throw new RuleViolation('needs.unit-is-fixed', undefined, 'schoolUnitId')
  }
  checkQuantity(need, written.quantity)
  return { ...need, ...written, available: need.available + written.quantity - need.quantity }
}
