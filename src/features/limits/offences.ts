import { elementOf } from '../../shared/element-of.js'
import { CompanyCaps } from './company-caps.js'
import type { LimitedProblem } from './limited-problem.js'

/** A need that more companies serve than may. */
export interface Crowd {
  readonly need: number
  /** Units by company, the largest share first. */
  readonly shares: readonly (readonly [partner: number, units: number])[]
}

/** Everything in a flow that breaks a limit or a lot. */
export interface Offences {
  readonly crowds: readonly Crowd[]
  /** For every offer its smallest lot of those that are too small: the candidates of it. */
  readonly smallest: readonly number[]
  /** Candidates that come last of those by which a company gives an authority too much. */
  readonly beyondCaps: readonly number[]
}

export function findOffences(problem: LimitedProblem, flow: Int32Array): Offences {
  const used = candidatesInUse(problem, flow)
  return {
    crowds: crowdsAmong(problem, flow, used),
    smallest: smallestLots(problem, flow, used),
    beyondCaps: beyondCaps(problem, flow, used),
  }
}

function candidatesInUse({ needOf }: LimitedProblem, flow: Int32Array): readonly number[] {
  const used: number[] = []
  for (let arc = 0; arc < needOf.length; arc++) if ((flow[arc] ?? 0) > 0) used.push(arc)
  return used
}

function crowdsAmong(problem: LimitedProblem, flow: Int32Array, used: readonly number[]): readonly Crowd[] {
  const { needOf, mostPartners } = problem
  const crowds: Crowd[] = []
  for (let start = 0, end = 0; start < used.length; start = end) {
    const need = elementOf(needOf, elementOf(used, start))
    while (end < used.length && needOf[elementOf(used, end)] === need) end++
    if (end - start <= mostPartners) continue
    const shares = sharesOf(problem, flow, used.slice(start, end))
    if (shares.length > mostPartners) crowds.push({ need, shares })
  }
  return crowds
}

/** Units by company over some candidates, the largest share first. */
function sharesOf({ offers, offerOf }: LimitedProblem, flow: Int32Array, arcs: readonly number[]): Crowd['shares'] {
  const shares = new Map<number, number>()
  for (const arc of arcs) {
    const partner = elementOf(offers.partner, elementOf(offerOf, arc))
    shares.set(partner, (shares.get(partner) ?? 0) + elementOf(flow, arc))
  }
  return [...shares].sort((one, other) => other[1] - one[1] || one[0] - other[0])
}

function smallestLots(problem: LimitedProblem, flow: Int32Array, used: readonly number[]): readonly number[] {
  const { lotOf, offerOf, offers } = problem
  const limited = used.filter((arc) => elementOf(offers.least, elementOf(offerOf, arc)) > 1)
  const lots = new Map<number, number>()
  for (const arc of limited) {
    lots.set(elementOf(lotOf, arc), (lots.get(elementOf(lotOf, arc)) ?? 0) + elementOf(flow, arc))
  }
  const sizeOf = (arc: number): number => lots.get(elementOf(lotOf, arc)) ?? 0
  const small = limited.filter((arc) => sizeOf(arc) < elementOf(offers.least, elementOf(offerOf, arc)))
  const smallest = new Map<number, number>()
  for (const arc of small) {
    const known = smallest.get(elementOf(offerOf, arc))
    if (known === undefined || sizeOf(arc) < sizeOf(known)) smallest.set(elementOf(offerOf, arc), arc)
  }
  return small.filter((arc) => lotOf[arc] === lotOf[smallest.get(elementOf(offerOf, arc)) ?? -1])
}

function beyondCaps(problem: LimitedProblem, flow: Int32Array, used: readonly number[]): readonly number[] {
  const caps = CompanyCaps.of(problem)
  if (caps === null) return []
  for (const arc of used) caps.take(arc, elementOf(flow, arc))
  const { rank } = problem.needs
  const rankOf = (arc: number): number => elementOf(rank, elementOf(problem.needOf, arc))
  return used
    .filter((arc) => caps.roomOf(arc) < 0)
    .sort((one, other) => rankOf(one) - rankOf(other) || other - one)
    .filter((arc) => {
      const isBeyond = caps.roomOf(arc) < 0
      if (isBeyond) caps.take(arc, -elementOf(flow, arc))
      return isBeyond
    })
}
