import type { Response } from 'express'
import { setTimeout as pause } from 'node:timers/promises'

/** A follower hears of every step within so many milliseconds, and has to ask again after so many looks. */
const lookEvery = 500
const mostLooks = 1200

export interface StreamStep {
  /** After it there is nothing to tell any more. */
  readonly finished: boolean
}

/** Server-sent events: each new step of something that goes on, until it is finished or the reader has gone. */
export async function streamSteps<Step extends StreamStep>(res: Response, look: () => Promise<Step>): Promise<void> {
  let step = await look()
  res.setHeader('Content-Type', 'text/event-stream')
  res.setHeader('Cache-Control', 'no-store')
  res.setHeader('X-Accel-Buffering', 'no')
  res.flushHeaders()
  const isOpen = (): boolean => !res.destroyed && !res.writableEnded
  let told = ''
  for (let looks = 0; isOpen() && looks < mostLooks; looks++) {
    const event = JSON.stringify(step)
    if (event !== told) res.write(`data: ${event}\n\n`)
    told = event
    if (step.finished) break
    await pause(lookEvery)
    step = await look()
  }
  res.end()
}
