import { isKindCode, kindOf, type Prerequisite } from '../catalogue/index.js'
import type { RoundPair, RoundSchool } from './round-input.js'
import type { RoundProposal } from './round-result.js'

const pairOf = ({ offerId, needId }: RoundPair): RoundPair => ({ offerId, needId })

/** Names with every proposal those of the same plan that give the unit what it lacks for it, whatever company they are of. */
export function withWhatComesFirst(
  proposals: readonly RoundProposal[],
  schools: readonly RoundSchool[],
): readonly RoundProposal[] {
  const schoolOf = new Map(schools.map((school) => [school.id, school]))
  const providers = providersIn(proposals)
  return proposals.map((proposal) => {
    const lacking = lackingFor(proposal, schoolOf.get(proposal.schoolId))
    if (lacking.length === 0) return proposal
    const first = lacking.flatMap((thing) => providers.get(keyOf(proposal.schoolId, thing)) ?? [])
    return { ...proposal, needsFirst: [...new Set(first)].map(pairOf) }
  })
}

const keyOf = (schoolId: string, thing: Prerequisite): string => `${schoolId} ${thing}`

function providersIn(proposals: readonly RoundProposal[]): ReadonlyMap<string, readonly RoundProposal[]> {
  const providers = new Map<string, RoundProposal[]>()
  for (const proposal of proposals) {
    if (!isKindCode(proposal.kind)) continue
    for (const thing of kindOf(proposal.kind).provides) {
      const key = keyOf(proposal.schoolId, thing)
      const some = providers.get(key)
      if (some === undefined) providers.set(key, [proposal])
      else some.push(proposal)
    }
  }
  return providers
}

const lackingFor = ({ kind }: RoundProposal, school: RoundSchool | undefined): readonly Prerequisite[] =>
  isKindCode(kind) ? kindOf(kind).requires.filter((thing) => school?.has[thing] === false) : []
