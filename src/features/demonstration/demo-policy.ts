import type { Actor } from '../../shared/actor.js'
import type { PolicyDraftService, PolicyService, PolicyTerms, ReplayService } from '../policies/index.js'
import reasons from './demo-reasons.json' with { type: 'json' }

interface Stage {
  readonly policies: PolicyService
  readonly policyDrafts: PolicyDraftService
  readonly policyReplays: ReplayService
}

/** A change that the national coordinator thinks about: branch schools weigh more, devices less. It is tried on the last round. */
export async function draftPolicy({ policies, policyDrafts, policyReplays }: Stage, national: Actor): Promise<void> {
  const { version: _version, ...terms } = await policies.inForce()
  const draft = await policyDrafts.begin(national, { title: reasons.draft, terms: branchesFirst(terms) })
  const [last] = await policyReplays.rounds()
  if (last === undefined) return
  const { id } = await policyReplays.request(national, draft.id, last.id)
  await policyReplays.perform(id)
}

const branchesFirst = (terms: PolicyTerms): PolicyTerms => ({
  ...terms,
  equity: { ...terms.equity, weights: { ...terms.equity.weights, branch: 0.18, devices: 0.1 } },
})
