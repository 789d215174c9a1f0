import type { Matching, MatchingPlan } from '../matching/index.js'
import { figuresOf } from './plan-figures.js'
import { PlanReader, type PlannedNeed } from './plan-reader.js'
import type { PlanKey } from './policy.js'
import { proposalReason } from './proposal-words.js'
import type { RoundInput } from './round-input.js'
import type { RoundPlan, RoundProposal } from './round-result.js'
import { withWhatComesFirst } from './unit-bundles.js'
import { unmatchedFor } from './unmatched-needs.js'

/** So many other offers are named beside a proposal. */
const mostAlternatives = 3

/** Makes one plan of a round; `onCategory` is told the number of each category before it is solved. */
export function makePlan(
  input: RoundInput,
  matching: Matching,
  key: PlanKey,
  onCategory?: (category: number) => void,
): RoundPlan {
  const started = performance.now()
  const solved = matching.solve({ objective: key, ...(onCategory === undefined ? {} : { onCategory }) })
  return readPlan(input, solved, started)
}

/** A plan of the engine in the words of the round; `started` is when the work on it began. */
export function readPlan(input: RoundInput, plan: MatchingPlan, started = performance.now()): RoundPlan {
  const reader = new PlanReader(input, plan)
  const planned = [...reader.plannedNeeds()]
  const shared = reader.sharedOffers(planned)
  const drafts = planned.flatMap((one) => proposalsFor(one, reader, shared)).sort(byNeedAndOffer)
  const proposals = withWhatComesFirst(drafts, input.schools)
  const unmatched = planned
    .filter(({ missing }) => missing > 0)
    .map((one) => unmatchedFor(one, reader, input.policy))
    .sort(byNeedAndOffer)
  const seconds = (performance.now() - started) / 1000
  const { objectiveKey: key } = plan
  return { key, proposals, unmatched, figures: figuresOf(input, plan, { planned, proposals, seconds }) }
}

const byNeedAndOffer = (
  one: { readonly needId: string; readonly offerId?: string },
  other: { readonly needId: string; readonly offerId?: string },
): number => compare(one.needId, other.needId) || compare(one.offerId ?? '', other.offerId ?? '')

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

function proposalsFor(planned: PlannedNeed, reader: PlanReader, shared: ReadonlySet<string>): RoundProposal[] {
  const { need, school, solved, at } = planned
  const pieces = solved.allotment.piecesOf(at)
  if (pieces.length === 0) return []
  const alternatives = alternativesFor(planned, reader)
  return pieces.map((candidate) => {
    const offer = reader.offerOf(solved, candidate)
    return {
      offerId: offer.id,
      needId: need.id,
      schoolId: school.id,
      kind: need.kind,
      quantity: solved.allotment.units[candidate] ?? 0,
      tier: school.tier,
      reason: proposalReason({ need, school, offer, rivals: reader.rivalsFor(offer) }),
      alternatives,
      needsFirst: [],
      isShared: shared.has(offer.id),
    }
  })
}

/** Offers that fit and give the need nothing, the best for it first. */
function alternativesFor({ solved, from, to }: PlannedNeed, reader: PlanReader): RoundProposal['alternatives'] {
  const { allotment, assignment } = solved
  const unused: number[] = []
  for (let candidate = from; candidate < to; candidate++) if (allotment.units[candidate] === 0) unused.push(candidate)
  const worth = (candidate: number): number => assignment.value[candidate] ?? 0
  unused.sort((one, other) => worth(other) - worth(one) || one - other)
  return unused.slice(0, mostAlternatives).map((candidate) => {
    const { id, company } = reader.offerOf(solved, candidate)
    return { offerId: id, company, left: allotment.leftOf(candidate) }
  })
}
