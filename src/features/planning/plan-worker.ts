import { parentPort } from 'node:worker_threads'
import { packInput, packPlan, unpackPlan } from './plan-pack.js'
import { planRound } from './plan-round.js'
import type { InputRows, PlanPiece, Solved } from './plan-work.js'
import type { PlanKey } from './policy.js'
import type { RoundInput } from './round-input.js'
import type { RoundPlan, RoundProgress } from './round-result.js'

/** What the thread is asked; each question has one answer, and a failure ends the thread with an `error` event. */
export type WorkRequest =
  | { readonly type: 'rows'; readonly rows: Partial<InputRows> }
  | { readonly type: 'begin'; readonly rest: Omit<RoundInput, keyof InputRows> }
  | { readonly type: 'solve' }
  | { readonly type: 'part'; readonly file: 'input' | PlanKey; readonly at: number }
  | { readonly type: 'packed'; readonly bytes: Uint8Array }
  | { readonly type: 'open'; readonly key: PlanKey }
  | { readonly type: 'piece'; readonly key: PlanKey; readonly at: number }

export type WorkAnswer =
  | { readonly type: 'taken' }
  | { readonly type: 'progress'; readonly progress: RoundProgress }
  | ({ readonly type: 'solved' } & Solved)
  | { readonly type: 'part'; readonly bytes: Uint8Array; readonly isLast: boolean }
  | ({ readonly type: 'piece'; readonly isLast: boolean } & PlanPiece)

/** So many proposals and so many needs without one are told at once. */
const pieceSize = 250
/** Bytes of a part. */
const partSize = 1 << 20

class Work {
  private readonly rows = {
    schools: [] as RoundInput['schools'][number][],
    offers: [] as RoundInput['offers'][number][],
    needs: [] as RoundInput['needs'][number][],
    standing: [] as RoundInput['standing'][number][],
    exclusions: [] as InputRows['exclusions'][number][],
  }
  private input: RoundInput | undefined
  private readonly plans = new Map<PlanKey, RoundPlan>()
  private received: Uint8Array[] = []
  /** The file that is being handed over: packed once, told part by part. */
  private packed: { readonly file: string; readonly bytes: Uint8Array } | undefined

  constructor(private readonly onProgress: (progress: RoundProgress) => void) {}

  answer(asked: WorkRequest): WorkAnswer {
    switch (asked.type) {
      case 'rows':
        this.take(asked.rows)
        return { type: 'taken' }
      case 'begin':
        this.input = { ...this.rows, ...asked.rest }
        return { type: 'taken' }
      case 'solve':
        return { type: 'solved', ...this.solve() }
      case 'part':
        return { type: 'part', ...this.part(asked.file, asked.at) }
      case 'packed':
        this.received.push(asked.bytes)
        return { type: 'taken' }
      case 'open':
        this.plans.set(asked.key, unpackPlan(Buffer.concat(this.received)))
        this.received = []
        return { type: 'taken' }
      case 'piece':
        return { type: 'piece', ...this.piece(asked.key, asked.at) }
    }
  }

  private take({ schools = [], offers = [], needs = [], standing = [], exclusions = [] }: Partial<InputRows>): void {
    this.rows.schools.push(...schools)
    this.rows.offers.push(...offers)
    this.rows.needs.push(...needs)
    this.rows.standing.push(...standing)
    this.rows.exclusions.push(...exclusions)
  }

  private solve(): Solved {
    const { plans, inputHash } = planRound(this.given(), this.onProgress)
    for (const plan of plans) this.plans.set(plan.key, plan)
    return { plans: plans.map(({ key, figures }) => ({ key, figures })), inputHash }
  }

  private part(file: 'input' | PlanKey, at: number): { readonly bytes: Uint8Array; readonly isLast: boolean } {
    if (this.packed?.file !== file) {
      this.packed = { file, bytes: file === 'input' ? packInput(this.given()) : packPlan(this.plan(file)) }
    }
    const { bytes } = this.packed
    const upTo = (at + 1) * partSize
    const isLast = upTo >= bytes.length
    if (isLast) this.packed = undefined
    return { bytes: bytes.slice(at * partSize, upTo), isLast }
  }

  private piece(key: PlanKey, at: number): PlanPiece & { readonly isLast: boolean } {
    const { proposals, unmatched } = this.plan(key)
    const [from, upTo] = [at * pieceSize, (at + 1) * pieceSize]
    return {
      proposals: proposals.slice(from, upTo),
      unmatched: unmatched.slice(from, upTo),
      isLast: upTo >= Math.max(proposals.length, unmatched.length),
    }
  }

  private given(): RoundInput {
    if (this.input === undefined) throw new RangeError('There is no input yet')
    return this.input
  }

  private plan(key: PlanKey): RoundPlan {
    const plan = this.plans.get(key)
    if (plan === undefined) throw new RangeError(`There is no plan ${key}`)
    return plan
  }
}

if (parentPort !== null) {
  const port = parentPort
  const work = new Work((progress) => {
    port.postMessage({ type: 'progress', progress } satisfies WorkAnswer)
  })
  port.on('message', (asked: WorkRequest) => {
    const answer = work.answer(asked)
    port.postMessage(answer, answer.type === 'part' ? [answer.bytes.buffer as ArrayBuffer] : [])
  })
}
