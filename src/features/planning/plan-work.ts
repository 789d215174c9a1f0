import { Worker } from 'node:worker_threads'
import type { PlanKey } from './policy.js'
import type { RoundInput } from './round-input.js'
import type { RoundFigures, RoundProgress, RoundProposal, RoundUnmatched } from './round-result.js'
import type { WorkAnswer, WorkRequest } from './plan-worker.js'

/** The rows of an input; they may be given a few at a time. */
export type InputRows = Pick<RoundInput, 'schools' | 'offers' | 'needs' | 'standing'> &
  Required<Pick<RoundInput, 'exclusions'>>

/** Some of a plan: it comes in pieces, so that whoever takes it in stops nobody else. */
export interface PlanPiece {
  readonly proposals: readonly RoundProposal[]
  readonly unmatched: readonly RoundUnmatched[]
}

/** Which plans were made; the plans themselves stay where they were made until they are asked for. */
export interface Solved {
  /** The plan of the policy first. */
  readonly plans: readonly { readonly key: PlanKey; readonly figures: RoundFigures }[]
  readonly inputHash: string
}

/** A thread that makes plans, or reads packed ones. Every method rejects with RoundCancelled after `close`. */
export interface PlanWork {
  /** Takes rows in; ask again only when it has. */
  give(rows: Partial<InputRows>): Promise<void>
  /** Everything was given. */
  begin(rest: Omit<RoundInput, keyof InputRows>): Promise<void>
  /** The input as bytes for `unpackInput`, in parts of a megabyte. */
  packedInput(): AsyncIterable<Uint8Array>
  solve(onProgress: (progress: RoundProgress) => void): Promise<Solved>
  /** A plan that was made, as bytes for `unpackPlan`, in parts. */
  packedPlan(key: PlanKey): AsyncIterable<Uint8Array>
  /** Takes a packed plan in instead of making one. */
  open(key: PlanKey, parts: AsyncIterable<Uint8Array>): Promise<void>
  /** A plan that was made or opened. */
  tell(key: PlanKey): AsyncIterable<PlanPiece>
  close(): Promise<void>
}

export class RoundCancelled extends Error {
  override readonly name = 'RoundCancelled'
}

type Answer<Type extends WorkAnswer['type']> = Extract<WorkAnswer, { readonly type: Type }>

/** Starts the thread. */
export function startPlanWork(): PlanWork {
  const worker = new Worker(new URL('./plan-worker.js', import.meta.url))
  let progressed: ((progress: RoundProgress) => void) | undefined
  let waiting: PromiseWithResolvers | undefined
  let ended: Error | undefined
  const end = (error: Error): void => {
    ended ??= error
    waiting?.reject(ended)
  }
  worker.on('message', (told: WorkAnswer) => {
    if (told.type === 'progress') progressed?.(told.progress)
    else waiting?.resolve(told)
  })
  worker.on('error', end)
  worker.on('exit', () => {
    end(new RoundCancelled('The round was stopped before it was done'))
  })

  /** One question at a time: the thread answers each in its turn. */
  const ask = async <Type extends WorkAnswer['type']>(request: WorkRequest, type: Type): Promise<Answer<Type>> => {
    if (ended !== undefined) throw ended
    const answer = await new Promise<WorkAnswer>((resolve, reject) => {
      waiting = { resolve, reject }
      worker.postMessage(request)
    })
    waiting = undefined
    if (answer.type !== type) throw new RangeError(`Asked for ${request.type}, answered ${answer.type}`)
    return answer as Answer<Type>
  }

  async function* parts(file: 'input' | PlanKey): AsyncGenerator<Uint8Array> {
    for (let at = 0, isLast = false; !isLast; at++) {
      const answer = await ask({ type: 'part', file, at }, 'part')
      isLast = answer.isLast
      yield answer.bytes
    }
  }

  return {
    async give(rows) {
      await ask({ type: 'rows', rows }, 'taken')
    },
    async begin(rest) {
      await ask({ type: 'begin', rest }, 'taken')
    },
    packedInput: () => parts('input'),
    packedPlan: (key) => parts(key),
    async solve(onProgress) {
      progressed = onProgress
      const { plans, inputHash } = await ask({ type: 'solve' }, 'solved')
      return { plans, inputHash }
    },
    async open(key, packed) {
      for await (const bytes of packed) await ask({ type: 'packed', bytes }, 'taken')
      await ask({ type: 'open', key }, 'taken')
    },
    async *tell(key) {
      for (let at = 0, isLast = false; !isLast; at++) {
        const { proposals, unmatched, ...answer } = await ask({ type: 'piece', key, at }, 'piece')
        isLast = answer.isLast
        yield { proposals, unmatched }
      }
    },
    async close() {
      await worker.terminate()
    },
  }
}

interface PromiseWithResolvers {
  readonly resolve: (answer: WorkAnswer) => void
  readonly reject: (error: Error) => void
}
