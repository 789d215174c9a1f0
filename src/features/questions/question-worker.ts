import { parentPort, workerData } from 'node:worker_threads'
import { unpackInput } from '../planning/index.js'
import { answer } from './question-answer.js'
import type { Question } from './question.js'

/** What the worker is given: the packed input of a round, and what is asked about it. */
export interface AskedOfWorker {
  readonly bytes: Uint8Array
  readonly question: Question
}

// A failure ends the worker with an `error` event.
if (parentPort !== null) {
  const { bytes, question } = workerData as AskedOfWorker
  parentPort.postMessage(answer(unpackInput(bytes), question))
}
