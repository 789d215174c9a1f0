import { categories, rules as ruleNames, type RuleName } from '../catalogue/index.js'
import { commonRules, solveMatching, type MatchingInput, type Shortfall } from '../matching/index.js'
import { PlanReader, type PlannedNeed } from './plan-reader.js'
import { figuresOf } from './plan-figures.js'
import { hashOf } from './plan-hash.js'
import { proposalReason } from './proposal-words.js'
import { compileRound } from './round-compile.js'
import type { RoundInput } from './round-input.js'
import type {
  RemovedByRule,
  RoundPlan,
  RoundProgress,
  RoundProposal,
  RoundResult,
  RoundUnmatched,
} from './round-result.js'
import * as words from './shortfall-words.js'

/** So many other offers are named beside a proposal. */
const mostAlternatives = 3

/**
 * Answers a round: pure, synchronous, and the same for the same input in any order. Takes seconds for 100,000 needs, so
 * the server runs it in a worker (`round-worker.ts`).
 *
 * @throws RangeError when a need is of a school unit that is not in the input, or the date is none.
 */
export function planRound(input: RoundInput, onProgress?: (progress: RoundProgress) => void): RoundResult {
  const total = categories.length
  const question = compileRound(input)
  const plan = makePlan(input, question, (done) => {
    onProgress?.({ done, total, category: categories[done] ?? 'finished' })
  })
  onProgress?.({ done: total, total, category: 'finished' })
  return { plans: [plan], inputHash: hashOf(input) }
}

function makePlan(input: RoundInput, question: MatchingInput, onCategory: (category: number) => void): RoundPlan {
  const started = performance.now()
  const plan = solveMatching(question, { onCategory })
  const reader = new PlanReader(input, plan)
  const planned = [...reader.plannedNeeds()]
  const shared = reader.sharedOffers(planned)
  const proposals = planned.flatMap((one) => proposalsFor(one, reader, shared)).sort(byNeedAndOffer)
  const unmatched = planned
    .filter(({ missing }) => missing > 0)
    .map((one) => unmatchedFor(one, reader, input))
    .sort(byNeedAndOffer)
  const seconds = (performance.now() - started) / 1000
  const figures = figuresOf(input, plan, { planned, proposals, seconds })
  return { key: input.policy.plan, proposals, unmatched, figures }
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

function unmatchedFor(planned: PlannedNeed, reader: PlanReader, input: RoundInput): RoundUnmatched {
  const { need, school, solved, at, missing } = planned
  const rules = rulesOf(planned, reader)
  const shortfall = solved.shortfalls.find((one) => one.need === at)
  const holders = (shortfall?.holders ?? []).map((candidate) => ({
    offerId: reader.offerOf(solved, candidate).id,
    needId: reader.needOf(solved, candidate).id,
  }))
  const known = { needId: need.id, schoolId: school.id, kind: need.kind, tier: school.tier, missing, rules, holders }
  return { ...known, ...reasonFor(planned, reader, { rules, shortfall, most: input.policy.limits.mostPartners }) }
}

interface Findings {
  readonly rules: readonly RemovedByRule[]
  readonly shortfall: Shortfall | undefined
  readonly most: number
}

/** In this order: nobody offers it, something is missing first, no offer fits, all that fit go elsewhere, a limit. */
function reasonFor(
  { need, school, solved, at, from, to }: PlannedNeed,
  { plan }: PlanReader,
  { rules, shortfall, most }: Findings,
): Pick<RoundUnmatched, 'reasonCode' | 'reason'> {
  const { considered, lacking } = solved.candidates
  if (considered[at] === 0) return { reasonCode: 'no-offer', reason: words.noOffer() }
  if (rules.some(({ rule }) => rule === 'prerequisite')) {
    return { reasonCode: 'prerequisite', reason: words.lacksFirst(lacking[at] ?? 0) }
  }
  const candidates = to - from
  if (candidates === 0) {
    return { reasonCode: 'no-candidate', reason: words.noCandidate(need, considered[at] ?? 0, rules) }
  }
  if (shortfall === undefined) return { reasonCode: 'limits', reason: words.lotsOrLimits(most) }
  const { threshold } = shortfall
  if (threshold === null) return { reasonCode: 'limits', reason: words.reachedMaximum() }
  return { reasonCode: 'outbid', reason: words.outbid({ need, school, candidates, threshold, costs: plan.costs }) }
}

function rulesOf({ solved, at, need }: PlannedNeed, { plan }: PlanReader): readonly RemovedByRule[] {
  const removed = solved.candidates.removed[at] ?? []
  const kind = plan.input.kinds[plan.input.needs[solved.candidates.needs[at] ?? -1]?.kind ?? -1]
  return [...removed].flatMap((count, place): RemovedByRule[] => {
    if (count === 0) return []
    const common = commonRules[place]
    if (common !== undefined) return [{ rule: common, removed: count }]
    const name = kind?.rules[place - commonRules.length]?.name ?? need.kind
    return isRule(name) ? [{ rule: name, removed: count }] : [{ rule: 'specification', about: name, removed: count }]
  })
}

const isRule = (name: string): name is RuleName => ruleNames.some((rule) => rule === name)
