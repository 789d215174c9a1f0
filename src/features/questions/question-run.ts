import { Worker } from 'node:worker_threads'
import type { AnswerTo, Question } from './question.js'
import type { AskedOfWorker } from './question-worker.js'
import { Turns } from './turns.js'

/** The question was given up by whoever asked it. */
export class QuestionCancelled extends Error {
  override readonly name = 'QuestionCancelled'
}

/** Each question has a thread and the whole round in its memory: more at once would only slow each other down. */
const turns = new Turns(2)

/**
 * Answers a question about a round in a thread of its own, so that the server goes on answering. `bytes` is the packed
 * input of the round; it is unpacked in the thread. No more than two questions are worked on at once, the others wait
 * for their turn. Rejects with QuestionCancelled once `signal` is aborted, and with whatever the answering threw.
 */
export function runQuestion<Q extends Question>(
  bytes: Uint8Array,
  question: Q,
  signal: AbortSignal = new AbortController().signal,
): Promise<AnswerTo<Q>> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      reject(new QuestionCancelled('The question was given up'))
    }
    if (signal.aborted) giveUp()
    signal.addEventListener('abort', giveUp, { once: true })
    turns
      .run(() => inThread<AnswerTo<Q>>({ bytes, question }, signal))
      .then(resolve, reject)
      .finally(() => {
        signal.removeEventListener('abort', giveUp)
      })
  })
}

async function inThread<Answer>(asked: AskedOfWorker, signal: AbortSignal): Promise<Answer> {
  if (signal.aborted) throw new QuestionCancelled('The question was given up before its turn')
  const worker = new Worker(new URL('./question-worker.js', import.meta.url), { workerData: asked })
  const stop = (): void => void worker.terminate()
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await new Promise<Answer>((resolve, reject) => {
      worker.on('message', resolve)
      worker.on('error', reject)
      worker.on('exit', () => {
        reject(new QuestionCancelled('The question was stopped before it had an answer'))
      })
    })
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
