import { elementOf } from '../../shared/element-of.js'
import { findOffences } from './offences.js'
import type { OpenFlow } from './open-flow.js'
import { keepLargest } from './slot-prices.js'

const rounds = 16

/**
 * Makes the flow keep minimum lots. No new lot is begun any more, of those offers that have a minimum: closing one that is
 * too small would only begin another. Then the smallest are closed, one an offer and round, and crowds that come of it.
 */
export function settleLots(open: OpenFlow): void {
  const { offers, offerOf } = open.problem
  offerOf.forEach((offer, arc) => {
    if (elementOf(offers.least, offer) > 1 && open.flow[arc] === 0) open.setClosed(arc, true)
  })
  for (let round = 0; round < rounds; round++) {
    const { crowds, smallest, beyondCaps } = findOffences(open.problem, open.flow)
    if (crowds.length + smallest.length + beyondCaps.length === 0) return
    for (const arc of [...smallest, ...beyondCaps]) open.setClosed(arc, true)
    for (const crowd of crowds) keepLargest(open, crowd)
    open.solve()
  }
}
