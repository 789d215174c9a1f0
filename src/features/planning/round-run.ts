import { Worker } from 'node:worker_threads'
import type { PlanKey } from './policy.js'
import type { RoundInput } from './round-input.js'
import type { RoundFigures, RoundPlan, RoundProgress, RoundProposal, RoundUnmatched } from './round-result.js'
import type { RoundWorkerMessage } from './round-worker.js'

/** A plan as it is kept: only its figures lie open. */
export interface PackedPlan {
  readonly key: PlanKey
  readonly figures: RoundFigures
  /** For `unpackPlan`. */
  readonly bytes: Uint8Array
}

/** What comes of a round: the plan that it puts forward lies open, everything is packed for keeping. */
export interface RoundOutcome {
  /** The plan of the policy. */
  readonly plan: RoundPlan
  /** All plans, the one of the policy first. */
  readonly plans: readonly PackedPlan[]
  /** For `unpackInput`. */
  readonly input: Uint8Array
  readonly inputHash: string
}

export interface RoundRun {
  /** Rejects with RoundCancelled after `cancel`, and with whatever the planning threw. */
  readonly result: Promise<RoundOutcome>
  readonly cancel: () => Promise<void>
}

export class RoundCancelled extends Error {
  override readonly name = 'RoundCancelled'
}

/** Plans a round in a thread of its own, so that the server goes on answering. */
export function runRound(input: RoundInput, onProgress?: (progress: RoundProgress) => void): RoundRun {
  const worker = new Worker(new URL('./round-worker.js', import.meta.url), { workerData: input })
  const result = new Promise<RoundOutcome>((resolve, reject) => {
    const proposals: RoundProposal[] = []
    const unmatched: RoundUnmatched[] = []
    worker.on('message', (told: RoundWorkerMessage) => {
      if (told.type === 'progress') {
        onProgress?.(told.progress)
        return
      }
      if (told.type === 'end') {
        const { key, figures, plans, input: packed, inputHash } = told
        resolve({ plan: { key, figures, proposals, unmatched }, plans, input: packed, inputHash })
      } else {
        proposals.push(...told.proposals)
        unmatched.push(...told.unmatched)
      }
      // Asks for the next piece; after the end it lets the worker go.
      worker.postMessage('more')
    })
    worker.on('error', reject)
    worker.on('exit', () => {
      reject(new RoundCancelled('The round was stopped before it had a plan'))
    })
  })
  return {
    result,
    cancel: async () => {
      await worker.terminate()
    },
  }
}
