import type { EngineNeed, EngineOffer, MatchingInput, MatchingPlan } from '../../src/features/matching/index.js'
import { piecesOf } from './matching-checks.js'
import { SeededRandom } from './seeded-random.js'

/** The same question some time later: what was proposed stands, and a share of the needs and offers has changed. */
export function perturbed(plan: MatchingPlan, share: number, seed: number): MatchingInput {
  const random = new SeededRandom(seed)
  const change = <Item extends EngineNeed | EngineOffer>(items: readonly Item[]): Item[] =>
    items.flatMap((item) => (random.chance(share) ? changed(item, random) : [item]))
  return {
    ...plan.input,
    needs: change(plan.input.needs),
    offers: change(plan.input.offers),
    standing: piecesOf(plan).map(({ offer, need, units }) => ({
      offerId: offer.id,
      needId: need.id,
      quantity: units,
    })),
  }
}

/** Gone, of another quantity, or joined by a new one like it: one as likely as the other. */
function changed<Item extends EngineNeed | EngineOffer>(item: Item, random: SeededRandom): Item[] {
  const quantity = Math.max(1, Math.round(item.quantity * (0.5 + random.next())))
  return random.pick([[], [{ ...item, quantity }], [item, { ...item, id: `${item.id}-new`, quantity }]])
}

/** The share of the standing pairs that are candidates still which the plan keeps. */
export function keptShare({ tasks, input }: MatchingPlan): number {
  const standing = new Set(input.standing.map(({ offerId, needId }) => `${offerId} ${needId}`))
  let [valid, kept] = [0, 0]
  for (const { candidates, assignment, allotment } of tasks) {
    candidates.offer.forEach((place, arc) => {
      const need = input.needs[candidates.needs[assignment.needOf[arc]!]!]!
      if (!standing.has(`${input.offers[place]!.id} ${need.id}`)) return
      valid++
      if (allotment.units[arc]! > 0) kept++
    })
  }
  return valid === 0 ? 1 : kept / valid
}
