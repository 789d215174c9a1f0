import type { Services } from '../../src/services.js'
import type { Actor } from '../../src/shared/actor.js'
import { firstPolicy } from '../../src/features/planning/index.js'
import type { PolicyDocument, PolicyTerms } from '../../src/features/policies/index.js'

export const aNationalCoordinator = (name = 'Nejra'): Actor => ({
  id: 'a'.repeat(24),
  name,
  role: 'national-coordinator',
  organisation: null,
  authorities: new Set(),
})

/** The first policy, but electricity counts for everything that the internet line counted for. */
export function darkFirst(): PolicyTerms {
  const { version: _version, ...terms } = firstPolicy
  const { connectivity, electricity } = terms.equity.weights
  const weights = {
    ...terms.equity.weights,
    connectivity: 0,
    electricity: Math.round((connectivity + electricity) * 1000) / 1000,
  }
  return { ...terms, equity: { ...terms.equity, weights } }
}

/** A draft by a national coordinator. */
export const aDraft = ({ policyDrafts }: Services, terms: PolicyTerms = darkFirst()): Promise<PolicyDocument> =>
  policyDrafts.begin(aNationalCoordinator(), { title: 'Electricity before everything', terms })

/** Tries the draft on the round, here and now; gives the id of the replay. */
export async function replayNow({ policyReplays }: Services, draftId: string, roundId: string): Promise<string> {
  const { id } = await policyReplays.request(aNationalCoordinator(), draftId, roundId)
  await policyReplays.perform(id)
  return id
}
