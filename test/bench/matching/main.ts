import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isSize, sizes, type Size } from './sizes.js'

/** Measured one after the other, each in a process of its own: none pays for what another left behind. */
const phases = ['make', 'cold', 'judge', 'warm', 'explain', 'loop'] as const

/** In this order; null where a figure does not apply to the size. */
const figures = [
  ...['size', 'seed', 'arcs', 'candidates_ms', 'solve_ms', 'total_ms', 'certified', 'objective_ratio', 'highs_ms'],
  ...['highs_ratio', 'repaired_ratio_lp', 'repaired_ratio_mip', 'max_partners', 'share_over_two_partners', 'warm_ms'],
  ...['kept_share', 'objective_loss', 'explanations_asked', 'explanations_confirmed', 'loop_p99_ms', 'loop_max_ms'],
  'rss_mb',
] as const

type Figures = Readonly<Record<string, unknown>>

function measure(phase: string, args: readonly string[]): Figures {
  const script = fileURLToPath(new URL(`./${phase}.js`, import.meta.url))
  const run = spawnSync(process.execPath, ['--enable-source-maps', '--max-old-space-size=8192', script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  })
  if (run.status !== 0) throw new Error(`The phase ${phase} failed`)
  return JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '{}') as Figures
}

/** Everything that the goals of one size ask for, on one seeded instance, with what else the phases tell. */
function benchmark(size: Size, seed: number): Figures {
  const folder = mkdtempSync(join(tmpdir(), 'spona-bench-'))
  try {
    const args = [size, String(seed), join(folder, 'question')]
    const found = phases.map((phase) => measure(phase, args)).reduce((all, some) => ({ ...all, ...some }))
    const ratio = typeof found['highs_ms'] === 'number' ? found['highs_ms'] / Number(found['flow_ms']) : null
    const all: Figures = { ...found, size, seed, highs_ratio: ratio === null ? null : Number(ratio.toFixed(1)) }
    return all
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function main(args: readonly string[]): void {
  const at = args.indexOf('--seed')
  const seed = at < 0 ? 1 : Number(args[at + 1])
  const words = args.filter((arg, place) => !arg.startsWith('--') && (at < 0 || place !== at + 1))
  const chosen = words.length === 0 ? (['1k', '10k'] as const) : words
  if (!chosen.every(isSize) || !Number.isSafeInteger(seed)) {
    process.stderr.write(`Usage: npm run bench:matching -- ${Object.keys(sizes).join(' | ')} [--seed N] [--json]\n`)
    process.exitCode = 2
    return
  }
  for (const size of chosen) {
    const row = benchmark(size, seed)
    const asked = Object.fromEntries(figures.map((name) => [name, row[name] ?? null]))
    if (args.includes('--json')) process.stdout.write(`${JSON.stringify(asked)}\n`)
    else console.table({ ...asked, ...row })
  }
}

main(process.argv.slice(2))
