import { parentPort, workerData } from 'node:worker_threads'
import { planRound } from './plan-round.js'
import type { RoundInput, RoundProgress, RoundProposal, RoundResult, RoundUnmatched } from './round-input.js'

/**
 * What the worker tells its parent; a failure ends the worker with an `error` event. The result comes in pieces, each
 * when the parent has asked for more: to take in all of it at once would keep the server from answering.
 */
export type RoundWorkerMessage =
  | { readonly type: 'progress'; readonly progress: RoundProgress }
  | {
      readonly type: 'piece'
      readonly proposals: readonly RoundProposal[]
      readonly unmatched: readonly RoundUnmatched[]
    }
  | ({ readonly type: 'end' } & Pick<RoundResult, 'figures' | 'inputHash'>)

/** So many proposals and so many needs without one are sent at once. */
const pieceSize = 250

function* tellingOf({ proposals, unmatched, figures, inputHash }: RoundResult): Generator<RoundWorkerMessage> {
  for (let from = 0; from < Math.max(proposals.length, unmatched.length); from += pieceSize) {
    const upTo = from + pieceSize
    yield { type: 'piece', proposals: proposals.slice(from, upTo), unmatched: unmatched.slice(from, upTo) }
  }
  yield { type: 'end', figures, inputHash }
}

if (parentPort !== null) {
  const port = parentPort
  const tell = (told: RoundWorkerMessage): void => {
    port.postMessage(told)
  }
  const result = planRound(workerData as RoundInput, (progress) => {
    tell({ type: 'progress', progress })
  })
  const telling = tellingOf(result)
  const tellMore = (): void => {
    const next = telling.next()
    if (next.done === true) port.close()
    else tell(next.value)
  }
  port.on('message', tellMore)
  tellMore()
}
