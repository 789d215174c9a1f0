import { elementOf } from '../../shared/element-of.js'
import { findOffences, type Crowd } from './offences.js'
import type { OpenFlow } from './open-flow.js'

/** How the price of a place for a company rises: from a part of the greatest worth of a unit, in so many rounds. */
export interface Schedule {
  readonly raises: number
  readonly firstPrice: number
  readonly growth: number
}

/** Measured on 10,000 needs: either is best for some tasks, and a third gains little more. */
export const schedules: readonly [Schedule, ...Schedule[]] = [
  { raises: 6, firstPrice: 1 / 64, growth: 2.5 },
  { raises: 7, firstPrice: 1 / 128, growth: 2.5 },
]

/** Rounds of closing what a need, or an authority, may not have. */
const closings = 20
/** Rounds in which only part of the crowded needs is settled, the most worth first. */
const [patient, settled] = [12, 0.3]

/**
 * Makes the flow keep the limits of companies. Places for companies become dearer where there is a crowd, until large needs
 * sit with large offers at no loss. What is crowded then keeps its largest givers, a few needs at a time, and its other
 * candidates are closed; and so is what a company gives an authority beyond its share.
 */
export function settlePartners(open: OpenFlow, { raises, firstPrice, growth }: Schedule): void {
  for (let round = 0; round < raises + closings; round++) {
    const { crowds, beyondCaps } = findOffences(open.problem, open.flow)
    if (crowds.length + beyondCaps.length === 0) return
    for (const arc of beyondCaps) open.setClosed(arc, true)
    const part = round < raises + patient ? settled : 1
    if (round >= raises) for (const crowd of mostWorth(open, crowds, part)) keepLargest(open, crowd)
    else for (const { need } of crowds) open.setPlacePrice(need, nextPrice(open, need, { firstPrice, growth }))
    open.solve()
  }
}

function nextPrice(open: OpenFlow, need: number, { firstPrice, growth }: Omit<Schedule, 'raises'>): number {
  const price = open.placePriceOf(need)
  return price === 0 ? firstPrice * open.greatest : price * growth
}

/** Of the crowded needs those that lose most if they are served last. */
function mostWorth({ problem }: OpenFlow, crowds: readonly Crowd[], part: number): readonly Crowd[] {
  const worthOf = ({ need, shares }: Crowd): number =>
    elementOf(problem.needs.rank, need) * shares.reduce((sum, [, units]) => sum + units, 0)
  return crowds
    .toSorted((one, other) => worthOf(other) - worthOf(one) || one.need - other.need)
    .slice(0, Math.ceil(crowds.length * part))
}

/** Closes all but the companies that give a need most. */
export function keepLargest(open: OpenFlow, { need, shares }: Crowd): void {
  const kept = new Set(shares.slice(0, open.problem.mostPartners).map(([partner]) => partner))
  open.setPlacePrice(need, 0)
  closeOthers(open, need, kept)
}

/** Closes the candidates of a need that are of none of these companies. */
export function closeOthers(open: OpenFlow, need: number, kept: ReadonlySet<number>): void {
  const { first, offerOf, offers } = open.problem
  for (let arc = elementOf(first, need); arc < elementOf(first, need + 1); arc++) {
    if (!kept.has(elementOf(offers.partner, elementOf(offerOf, arc)))) open.setClosed(arc, true)
  }
}
