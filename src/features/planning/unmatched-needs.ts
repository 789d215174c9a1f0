import { rules as ruleNames, type RuleName } from '../catalogue/index.js'
import { commonRules, type Shortfall } from '../matching/index.js'
import type { PlannedNeed, PlanReader } from './plan-reader.js'
import type { Policy } from './policy.js'
import type { RemovedByRule, RoundUnmatched } from './round-result.js'
import * as words from './shortfall-words.js'

/** The need with the reason why it is missing something. */
export function unmatchedFor(planned: PlannedNeed, reader: PlanReader, { limits }: Policy): RoundUnmatched {
  const { need, school, solved, missing } = planned
  const rules = rulesOf(planned, reader)
  const shortfall = reader.shortfallOf(planned)
  const holders = (shortfall?.holders ?? []).map((candidate) => ({
    offerId: reader.offerOf(solved, candidate).id,
    needId: reader.needOf(solved, candidate).id,
  }))
  const known = { needId: need.id, schoolId: school.id, kind: need.kind, tier: school.tier, missing, rules, holders }
  return { ...known, ...reasonFor(planned, reader, { rules, shortfall, limits }) }
}

interface Findings {
  readonly rules: readonly RemovedByRule[]
  readonly shortfall: Shortfall | undefined
  readonly limits: Policy['limits']
}

/** In this order: nobody offers it, something is missing first, no offer fits, all that fit go elsewhere, a limit. */
function reasonFor(
  planned: PlannedNeed,
  { plan }: PlanReader,
  { rules, shortfall, limits }: Findings,
): Pick<RoundUnmatched, 'reasonCode' | 'reason'> {
  const { need, school, solved, at, from, to } = planned
  const { considered, lacking } = solved.candidates
  if (considered[at] === 0) return { reasonCode: 'no-offer', reason: words.noOffer() }
  if (rules.some(({ rule }) => rule === 'prerequisite')) {
    return { reasonCode: 'prerequisite', reason: words.lacksFirst(lacking[at] ?? 0) }
  }
  const candidates = to - from
  if (candidates === 0) {
    return { reasonCode: 'no-candidate', reason: words.noCandidate(need, considered[at] ?? 0, rules) }
  }
  if (isAtMaximum(planned, shortfall)) return { reasonCode: 'limits', reason: words.reachedMaximum() }
  if ((solved.optimum[at] ?? 0) >= need.quantity) return { reasonCode: 'limits', reason: words.lotsOrLimits(limits) }
  // Only the plan that puts equity first has ranks that could say how far others come first.
  const threshold = shortfall?.threshold ?? null
  if (threshold === null) return { reasonCode: 'outbid', reason: words.elsewhere(candidates) }
  return { reasonCode: 'outbid', reason: words.outbid({ need, school, candidates, threshold, costs: plan.costs }) }
}

/** Every offer that fits gives the unit as much as it may give one. */
function isAtMaximum({ solved, from, to }: PlannedNeed, shortfall: Shortfall | undefined): boolean {
  if (shortfall !== undefined) return shortfall.threshold === null
  const { allotment } = solved
  for (let candidate = from; candidate < to; candidate++) {
    if (allotment.lotOf(candidate) < allotment.offerOf(candidate).maxPerUnit) return false
  }
  return true
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
