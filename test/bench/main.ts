import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

// `npm run bench` measures everything; `npm run bench -- matching 1000x100` one thing, with its own arguments.

const benches = ['matching', 'batch', 'import-schools', 'offers-page', 'six-plans', 'rounds'] as const

const [chosen, ...args] = process.argv.slice(2)
const names = benches.filter((name) => chosen === undefined || name === chosen)

if (names.length === 0) {
  process.stderr.write(`There is no bench ${chosen ?? ''}; there are ${benches.join(', ')}.\n`)
  process.exitCode = 2
}

// Each in a process of its own, one after the other: none pays for what another left behind.
for (const name of names) {
  process.stdout.write(`${name}\n`)
  const script = fileURLToPath(new URL(`./${name === 'matching' ? 'matching/main' : name}.js`, import.meta.url))
  const { status } = spawnSync(process.execPath, ['--enable-source-maps', script, ...args], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
