import { readFileSync } from 'node:fs'

/** Nanoseconds that this thread has computed so far, without those in which it waited for a processor; null off Linux. */
function computed(): number | null {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0])
  } catch {
    return null
  }
}

export interface Turns {
  /** Of the turns of the event loop that kept others waiting: how long this thread itself computed in them, in ms. */
  readonly p99: number | null
  readonly max: number | null
}

/**
 * On a busy machine the delay of the event loop is mostly the time in which others have the processor. This looks every
 * few milliseconds how long the thread itself computed since the last look: that is what keeps others from their turn.
 */
export function watchTurns(every = 2): () => Turns {
  const turns: number[] = []
  let before = computed()
  const timer = setInterval(() => {
    const now = computed()
    if (now !== null && before !== null) turns.push((now - before) / 1e6)
    before = now
  }, every)
  return () => {
    clearInterval(timer)
    const sorted = turns.toSorted((one, other) => one - other)
    return { p99: sorted[Math.floor(sorted.length * 0.99)] ?? null, max: sorted.at(-1) ?? null }
  }
}
