import { fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { PlanChanges } from '../../src/features/rounds/index.js'
import { signInAt } from '../support/signed-in-over-http.js'

/** What one round took in the server, while somebody read its pages. */
export interface RoundMeasured {
  readonly seconds: number
  /** Of these, after the plans were made: storing the difference and putting it into the queues. */
  readonly storing_seconds: number
  /** Of the server's process with all of its threads. */
  readonly cpu_seconds: number
  readonly loop_p99_ms: number
  readonly loop_max_ms: number
  /** The same without the time in which the thread waited for a processor; null off Linux. */
  readonly own_p99_ms: number | null
  readonly own_max_ms: number | null
  readonly plans: number
  readonly changes: PlanChanges | null
}

export interface RoundsMeasured {
  readonly first: RoundMeasured
  /** After one in a hundred needs and offers has changed. */
  readonly second: RoundMeasured
  /** Pages that were answered meanwhile, and the slowest of them. */
  readonly pages: number
  readonly slowest_page_ms: number
}

const paths = ['/', '/rounds', '/matches', '/needs', '/offers', '/health']

/** Two rounds in a server of its own, with so many needs and offers, while a client reads pages all the time. */
export async function measureRounds(size: {
  readonly needs: number
  readonly offers: number
}): Promise<RoundsMeasured> {
  const script = fileURLToPath(new URL('./rounds-server.js', import.meta.url))
  const server = fork(script, [String(size.needs), String(size.offers)], { execArgv: ['--enable-source-maps'] })
  try {
    const [address] = (await once(server, 'message')) as [string]
    const open = await signInAt(address, 'bench@example.ba', 'a-long-enough-password')
    for (const path of paths) await open(path)
    const over = new AbortController()
    let [pages, slowest] = [0, 0]
    const reading = (async () => {
      while (!over.signal.aborted) {
        const started = performance.now()
        await open(paths[pages % paths.length] ?? '/')
        slowest = Math.max(slowest, performance.now() - started)
        pages += 1
        await pause(50)
      }
    })()
    server.send('go')
    const [told] = (await once(server, 'message')) as [Pick<RoundsMeasured, 'first' | 'second'>]
    over.abort()
    await reading
    return { ...told, pages, slowest_page_ms: Math.round(slowest) }
  } finally {
    server.send('end')
    await once(server, 'exit')
  }
}

async function main(args: readonly string[]): Promise<void> {
  for (const size of args.length > 0 ? args : ['1000x100', '10000x1000']) {
    const [needs = 0, offers = 0] = size.split('x').map(Number)
    process.stdout.write(`${JSON.stringify({ size, ...(await measureRounds({ needs, offers })) })}\n`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2))
