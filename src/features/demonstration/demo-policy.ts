import type { Actor } from '../../shared/actor.js'
import type { PolicyDraftService, PolicyService, PolicyTerms, ReplayService } from '../policies/index.js'
import reasons from './demo-reasons.json' with { type: 'json' }

interface Stage {
  readonly policies: PolicyService
  readonly policyDrafts: PolicyDraftService
  readonly policyReplays: ReplayService
}

/**
 * A change that the national coordinator thinks about: no company serves more than half of what an authority asks for. It
 * is tried on the last round, which shows how many schools would pay for it.
 */
export async function draftPolicy({ policies, policyDrafts, policyReplays }: Stage, national: Actor): Promise<void> {
  const { version: _version, ...terms } = await policies.inForce()
  const draft = await policyDrafts.begin(national, { title: reasons.draft, terms: sharedAmongCompanies(terms) })
  const [last] = await policyReplays.rounds()
  if (last === undefined) return
  const { id } = await policyReplays.request(national, draft.id, last.id)
  await policyReplays.perform(id)
}

const sharedAmongCompanies = (terms: PolicyTerms): PolicyTerms => ({
  ...terms,
  limits: { ...terms.limits, companyShare: 0.5 },
})
