import { parentPort, workerData } from 'node:worker_threads'
import { packInput, packPlan } from './plan-pack.js'
import { planRound } from './plan-round.js'
import type { RoundInput } from './round-input.js'
import type { RoundPlan, RoundProgress, RoundProposal, RoundResult, RoundUnmatched } from './round-result.js'
import type { PackedPlan, RoundOutcome } from './round-run.js'

/**
 * What the worker tells its parent; a failure ends the worker with an `error` event. The first plan comes in pieces, each
 * when the parent has asked for more: to take in all of it at once would keep the server from answering. All plans come
 * packed, as bytes that nobody has to look at.
 */
export type RoundWorkerMessage =
  | { readonly type: 'progress'; readonly progress: RoundProgress }
  | {
      readonly type: 'piece'
      readonly proposals: readonly RoundProposal[]
      readonly unmatched: readonly RoundUnmatched[]
    }
  | ({ readonly type: 'end' } & Pick<RoundPlan, 'key' | 'figures'> & Omit<RoundOutcome, 'plan'>)

/** So many proposals and so many needs without one are sent at once. */
const pieceSize = 250

function* tellingOf(input: RoundInput, { plans, inputHash }: RoundResult): Generator<RoundWorkerMessage> {
  const [{ key, figures, proposals, unmatched }] = plans
  for (let from = 0; from < Math.max(proposals.length, unmatched.length); from += pieceSize) {
    const upTo = from + pieceSize
    yield { type: 'piece', proposals: proposals.slice(from, upTo), unmatched: unmatched.slice(from, upTo) }
  }
  yield { type: 'end', key, figures, plans: plans.map(packed), input: packInput(input), inputHash }
}

const packed = (plan: RoundPlan): PackedPlan => ({ key: plan.key, figures: plan.figures, bytes: packPlan(plan) })

if (parentPort !== null) {
  const port = parentPort
  const tell = (told: RoundWorkerMessage): void => {
    port.postMessage(told)
  }
  const input = workerData as RoundInput
  const result = planRound(input, (progress) => {
    tell({ type: 'progress', progress })
  })
  const telling = tellingOf(input, result)
  const tellMore = (): void => {
    const next = telling.next()
    if (next.done === true) port.close()
    else tell(next.value)
  }
  port.on('message', tellMore)
  tellMore()
}
