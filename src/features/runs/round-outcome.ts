import { isKindCode, kindOf } from '../catalogue/index.js'
import type { AuthorityCount, Holder, RoundCounts, UnmatchedNeed } from '../rounds/index.js'
import type { Gathered } from './round-gathering.js'
import type { RoundProposal, RoundUnmatched } from '../planning/index.js'
import type { PreparedProposal } from './round-ports.js'

/** What a plan refers to and the round did not give it: a defect of the planning, never of the data. */
class UnknownInPlan extends Error {}

function known<Value>(values: ReadonlyMap<string, Value>, id: string): Value {
  const value = values.get(id)
  if (value === undefined) throw new UnknownInPlan(`The plan names ${id}, which the round did not gather`)
  return value
}

/** A proposal with the names that those who decide want to read. */
export function preparedOf(proposal: RoundProposal, roundId: string, gathered: Gathered): PreparedProposal {
  const offer = known(gathered.offers, proposal.offerId)
  const school = known(gathered.schools, proposal.schoolId)
  return {
    ...proposal,
    roundId,
    offerTitle: offer.title,
    offerKind: offer.kind,
    companyId: offer.companyId,
    company: gathered.companies.get(offer.companyId) ?? '',
    school: school.name,
    centralSchoolId: school.centralSchoolId,
    authority: school.authority,
    municipality: school.municipality,
  }
}

/** A need that was not served, with the names of its school and of those who got the units. */
export function unmatchedOf(unmatched: RoundUnmatched, roundId: string, gathered: Gathered): Omit<UnmatchedNeed, 'id'> {
  const school = known(gathered.schools, unmatched.schoolId)
  const { needId, schoolId, kind, tier, missing, reasonCode, reason, rules } = unmatched
  return {
    roundId,
    needId,
    schoolId,
    school: school.name,
    centralSchoolId: school.centralSchoolId,
    authority: school.authority,
    kind,
    category: isKindCode(kind) ? kindOf(kind).category : kind,
    tier,
    asked: known(gathered.needs, needId).available,
    missing,
    reasonCode,
    reason,
    rules,
    holders: unmatched.holders.map((holder) => holderOf(holder, gathered)),
  }
}

function holderOf({ offerId, needId }: { offerId: string; needId: string }, gathered: Gathered): Holder {
  const company = gathered.companies.get(known(gathered.offers, offerId).companyId) ?? ''
  const school = known(gathered.schools, known(gathered.needs, needId).schoolUnitId).name
  return { offerId, company, needId, school }
}

/** How much there is to decide, and how much was not served, in all and by authority in the order of their codes. */
export class Counts {
  private readonly authorities = new Map<string, AuthorityCount>()

  proposal({ schoolId, quantity }: Pick<RoundProposal, 'schoolId' | 'quantity'>, { schools }: Gathered): void {
    this.count(known(schools, schoolId).authority, { proposals: 1, units: quantity, unmatched: 0 })
  }

  unmatched({ schoolId }: Pick<RoundUnmatched, 'schoolId'>, { schools }: Gathered): void {
    this.count(known(schools, schoolId).authority, { proposals: 0, units: 0, unmatched: 1 })
  }

  all(): RoundCounts {
    const authorities = [...this.authorities.values()].sort((a, b) => (a.authority < b.authority ? -1 : 1))
    const sum = (name: 'proposals' | 'units' | 'unmatched'): number =>
      authorities.reduce((total, count) => total + count[name], 0)
    return { proposals: sum('proposals'), units: sum('units'), unmatched: sum('unmatched'), authorities }
  }

  private count(authority: string, more: Omit<AuthorityCount, 'authority'>): void {
    const was = this.authorities.get(authority) ?? { authority, proposals: 0, units: 0, unmatched: 0 }
    this.authorities.set(authority, {
      authority,
      proposals: was.proposals + more.proposals,
      units: was.units + more.units,
      unmatched: was.unmatched + more.unmatched,
    })
  }
}
