import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import autocannon from 'autocannon'
import { load } from 'cheerio'

// The list of offers with 10,000 offers, signed in, beside a bare page with the same query and rows, turn by turn.

interface Served {
  readonly url: string
  readonly headers: Record<string, string>
  stop(): Promise<void>
}

async function serve(which: 'spona' | 'bare'): Promise<Served> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./offers-server.js', import.meta.url)), which], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const base = `http://127.0.0.1:${line}`
  return {
    url: `${base}/offers`,
    headers: which === 'spona' ? { cookie: await signIn(base) } : {},
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

async function signIn(base: string): Promise<string> {
  const page = await fetch(`${base}/sign-in`)
  const cookie = cookieOf(page)
  const token = load(await page.text())('input[name=_csrf]').attr('value') ?? ''
  const body = new URLSearchParams({ _csrf: token, email: 'bench@example.ba', password: 'a-long-enough-password' })
  const answer = await fetch(`${base}/sign-in`, { method: 'POST', body, headers: { cookie }, redirect: 'manual' })
  if (answer.status !== 303) throw new Error(`Signing in answered ${answer.status}`)
  return cookieOf(answer)
}

const cookieOf = (answer: Response): string =>
  answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')

async function run({ url, headers }: Served, connections: number, duration: number) {
  const result = await autocannon({ url, headers: { ...headers, 'accept-language': 'en' }, connections, duration })
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${url}: ${result.non2xx} answers were not 200`)
  return {
    p50: result.latency.p50,
    p99: result.latency.p99,
    average: result.latency.average,
    perSecond: result.requests.average,
  }
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

/** Prints page time for one reader at a time, and throughput for ten, as the median of `rounds` runs taken in turn. */
async function benchOffersPage(rounds = 3, seconds = 5): Promise<void> {
  const spona = await serve('spona')
  const bare = await serve('bare')
  try {
    for (const served of [spona, bare]) await run(served, 10, 2)
    const alone = await run(spona, 1, seconds)
    const aloneBare = await run(bare, 1, seconds)
    process.stdout.write(
      `offers page, 10,000 offers, one reader: p50 ${alone.p50} ms, p99 ${alone.p99} ms, mean ${alone.average.toFixed(2)} ms`,
    )
    process.stdout.write(
      ` (bare page: p50 ${aloneBare.p50} ms, p99 ${aloneBare.p99} ms, mean ${aloneBare.average.toFixed(2)} ms)\n`,
    )
    const pairs: (readonly [number, number])[] = []
    for (let round = 0; round < rounds; round += 1) {
      pairs.push([(await run(spona, 10, seconds)).perSecond, (await run(bare, 10, seconds)).perSecond])
    }
    const [ours, theirs] = [median(pairs.map(([a]) => a)), median(pairs.map(([, b]) => b))]
    process.stdout.write(
      `offers page, ten readers: ${ours.toFixed(0)}/s against ${theirs.toFixed(0)}/s bare, ratio ${median(pairs.map(([a, b]) => a / b)).toFixed(2)}\n`,
    )
  } finally {
    await spona.stop()
    await bare.stop()
  }
}

await benchOffersPage()
