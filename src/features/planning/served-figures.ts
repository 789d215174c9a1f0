import { areas, dayNumber, isKindCode, kindOf } from '../catalogue/index.js'
import type { MatchingPlan } from '../matching/index.js'
import type { PlannedNeed } from './plan-reader.js'
import type { RoundInput, RoundPair } from './round-input.js'
import type { RoundProposal, Served, ServedFigures } from './round-result.js'

interface Given {
  readonly planned: readonly PlannedNeed[]
  readonly proposals: readonly RoundProposal[]
}

/** Whom a plan reaches. */
export function servedFigures(input: RoundInput, plan: MatchingPlan, { planned, proposals }: Given): ServedFigures {
  const authorities = [...new Set(planned.map(({ school }) => school.authority))].sort()
  const givenTo = planned.filter(({ need, missing }) => missing < need.quantity)
  return {
    students: Math.round(givenTo.reduce((sum, one) => sum + studentsOf(one), 0)),
    schoolUnits: new Set(givenTo.map(({ school }) => school.id)).size,
    meanDays: meanDays(input, proposals),
    ...standingFigures(input, plan, proposals),
    authorities: authorities.map((authority) => ({
      authority,
      ...servedOf(planned, ({ school }) => school.authority === authority),
    })),
    branch: servedOf(planned, ({ school }) => school.isBranch),
    central: servedOf(planned, ({ school }) => !school.isBranch),
    areas: areas.map((area) => ({
      area,
      unitsServed: servedOf(planned, ({ need }) => isKindCode(need.kind) && kindOf(need.kind).areas[0] === area)
        .unitsServed,
    })),
  }
}

/** Pupils that a need's given units stand for. */
const studentsOf = ({ need, missing }: PlannedNeed): number =>
  (need.students * (need.quantity - missing)) / need.quantity

function servedOf(planned: readonly PlannedNeed[], isMeant: (one: PlannedNeed) => boolean): Served {
  let [unitsNeeded, unitsServed] = [0, 0]
  for (const one of planned) {
    if (!isMeant(one)) continue
    unitsNeeded += one.need.quantity
    unitsServed += one.need.quantity - one.missing
  }
  return { unitsNeeded, unitsServed }
}

function meanDays({ offers, today }: RoundInput, proposals: readonly RoundProposal[]): number | null {
  const now = dayNumber(today) ?? 0
  const daysOf = new Map(
    offers.map(({ id, validFrom, leadDays }) => {
      const begins = Math.max(now, dayNumber(validFrom) ?? now)
      return [id, begins - now + (leadDays ?? 0)] as const
    }),
  )
  const units = proposals.reduce((sum, { quantity }) => sum + quantity, 0)
  const days = proposals.reduce((sum, { offerId, quantity }) => sum + quantity * (daysOf.get(offerId) ?? 0), 0)
  return units === 0 ? null : Math.round((days / units) * 10) / 10
}

const pairKey = ({ offerId, needId }: RoundPair): string => `${offerId} ${needId}`

/** What stood before and is a candidate still; and how much of that is proposed again. */
function standingFigures(
  { standing }: RoundInput,
  { tasks, input }: MatchingPlan,
  proposals: readonly RoundProposal[],
): Pick<ServedFigures, 'standing' | 'kept'> {
  const open = new Set(standing.map(pairKey))
  if (open.size === 0) return { standing: 0, kept: 0 }
  let possible = 0
  for (const { candidates, assignment } of tasks) {
    candidates.offer.forEach((place, arc) => {
      const needId = input.needs[candidates.needs[assignment.needOf[arc] ?? -1] ?? -1]?.id ?? ''
      if (open.has(pairKey({ offerId: input.offers[place]?.id ?? '', needId }))) possible++
    })
  }
  return { standing: possible, kept: proposals.filter((proposal) => open.has(pairKey(proposal))).length }
}
