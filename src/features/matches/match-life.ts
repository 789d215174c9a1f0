/** Every state that a match can be in, in the order of its life. */
export const matchStates = [
  /** Found by a round whose plan is still being stored: nobody sees it yet. */
  'prepared',
  'proposed',
  'approved',
  'confirmed',
  'agreed',
  'shipped',
  'received',
  'working',
  'sustained',
  /** Off the path: a later round proposed something else before anybody decided. */
  'superseded',
  'rejected',
  'declined',
  'lapsed',
  'cancelled',
] as const
export type MatchState = (typeof matchStates)[number]

/** For whom somebody takes a step. A round and the clock are nobody: their steps carry no account. */
export const parties = ['authority', 'nation', 'company', 'school', 'round', 'clock'] as const
export type Party = (typeof parties)[number]

/** Why a company, and why a school, says no; `other` asks for words. */
export const declineCauses = {
  company: ['sold-out', 'too-far', 'terms', 'other'],
  school: ['not-needed', 'got-elsewhere', 'does-not-fit', 'not-ready', 'other'],
} as const
export type DeclineCause = (typeof declineCauses)['company' | 'school'][number]

type Steps = Readonly<Partial<Record<MatchState, readonly Party[]>>>

/** Every legal step with those who may take it; what is not here cannot happen. */
export const steps: Readonly<Record<MatchState, Steps>> = {
  prepared: { proposed: ['round'] },
  proposed: {
    approved: ['authority', 'nation'],
    rejected: ['authority', 'nation'],
    declined: ['company', 'school'],
    superseded: ['round'],
    lapsed: ['clock'],
  },
  approved: {
    confirmed: ['company', 'school'],
    declined: ['company', 'school'],
    cancelled: ['authority'],
    lapsed: ['clock'],
  },
  confirmed: {
    agreed: ['company', 'school'],
    cancelled: ['authority', 'company', 'school'],
    lapsed: ['clock'],
  },
  agreed: { shipped: ['company'], cancelled: ['authority', 'company', 'school'] },
  shipped: { received: ['school'], cancelled: ['authority', 'company', 'school'] },
  received: { working: ['school'], cancelled: ['authority', 'company', 'school'] },
  working: { sustained: ['school', 'authority'] },
  sustained: {},
  superseded: {},
  rejected: {},
  declined: {},
  lapsed: {},
  cancelled: {},
}

export const mayStep = (party: Party, from: MatchState, to: MatchState): boolean =>
  steps[from][to]?.includes(party) ?? false

export const isOver = (state: MatchState): boolean => Object.keys(steps[state]).length === 0

/** States that somebody outside the matching itself may see. */
export const visibleStates = matchStates.filter((state) => state !== 'prepared')
/** States in which units are promised to somebody. */
export const promisedStates = [
  'approved',
  'confirmed',
  'agreed',
  'shipped',
  'received',
  'working',
  'sustained',
] as const satisfies readonly MatchState[]

export const isPromised = (state: MatchState): boolean => promisedStates.some((one) => one === state)

/** Where the units of a match stand in the books of its offer and its need; null: they are free. */
export const potOf: Readonly<Record<MatchState, 'reserved' | 'committed' | 'delivered' | null>> = {
  prepared: null,
  proposed: null,
  approved: 'reserved',
  confirmed: 'reserved',
  agreed: 'committed',
  shipped: 'committed',
  received: 'delivered',
  working: 'delivered',
  sustained: 'delivered',
  superseded: null,
  rejected: null,
  declined: null,
  lapsed: null,
  cancelled: null,
}

/** Days within which the next step is expected; the clock lets a match lapse only where `steps` says so. */
const timeBoxes: Readonly<Partial<Record<MatchState, number>>> = {
  proposed: 14,
  approved: 14,
  confirmed: 14,
  agreed: 30,
  shipped: 14,
  received: 14,
  working: 90,
}

const day = 24 * 60 * 60 * 1000

/** When the next step is expected of a match that came into this state at this time; null when it is over. */
export function dueBy(state: MatchState, since: Date): Date | null {
  const days = timeBoxes[state]
  return days === undefined ? null : new Date(since.getTime() + days * day)
}
