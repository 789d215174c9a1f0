import { parentPort, workerData } from 'node:worker_threads'
import { planRound } from './plan-round.js'
import type { RoundInput, RoundProgress, RoundResult } from './round-input.js'

/** What the worker tells its parent; a failure ends the worker with an `error` event. */
export type RoundWorkerMessage =
  | { readonly type: 'progress'; readonly progress: RoundProgress }
  | { readonly type: 'result'; readonly result: RoundResult }

const tell = (told: RoundWorkerMessage): void => parentPort?.postMessage(told)

if (parentPort !== null) {
  const result = planRound(workerData as RoundInput, (progress) => {
    tell({ type: 'progress', progress })
  })
  tell({ type: 'result', result })
}
