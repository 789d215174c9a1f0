import type { PlanKey } from '../planning/index.js'
import type { Round } from '../rounds/index.js'

/** A round as it was asked and answered, packed. */
export interface KeptRound {
  readonly input: Uint8Array
  /** The plan of it that is in the queues; null = the one of its policy, to be made again. */
  readonly plan: Uint8Array | null
}

interface Rounds {
  read(id: string): Promise<Pick<Round, 'choice'>>
  input(id: string): Promise<Uint8Array>
  plan(id: string, key: PlanKey): Promise<Uint8Array>
}

/** Throws NotFoundError when the round is not, or no longer, kept. */
export async function keptRound(rounds: Rounds, id: string): Promise<KeptRound> {
  const { choice } = await rounds.read(id)
  return { input: await rounds.input(id), plan: choice === null ? null : await rounds.plan(id, choice.plan) }
}
