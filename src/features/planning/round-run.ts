import { Worker } from 'node:worker_threads'
import type { RoundInput, RoundProgress, RoundProposal, RoundResult, RoundUnmatched } from './round-input.js'
import type { RoundWorkerMessage } from './round-worker.js'

export interface RoundRun {
  /** Rejects with RoundCancelled after `cancel`, and with whatever the planning threw. */
  readonly result: Promise<RoundResult>
  readonly cancel: () => Promise<void>
}

export class RoundCancelled extends Error {
  override readonly name = 'RoundCancelled'
}

/** Plans a round in a thread of its own, so that the server goes on answering. */
export function runRound(input: RoundInput, onProgress?: (progress: RoundProgress) => void): RoundRun {
  const worker = new Worker(new URL('./round-worker.js', import.meta.url), { workerData: input })
  const result = new Promise<RoundResult>((resolve, reject) => {
    const proposals: RoundProposal[] = []
    const unmatched: RoundUnmatched[] = []
    worker.on('message', (told: RoundWorkerMessage) => {
      if (told.type === 'progress') {
        onProgress?.(told.progress)
        return
      }
      if (told.type === 'end') resolve({ proposals, unmatched, figures: told.figures, inputHash: told.inputHash })
      else {
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
