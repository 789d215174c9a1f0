import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const built = (file: string): string => fileURLToPath(new URL(`../../src/${file}`, import.meta.url))

type Environment = Readonly<Record<string, string>>

/** A program of the project that runs as a process of its own, as people start it. */
export interface Spawned {
  readonly process: ChildProcess
  output(): string
  complaints(): string
  /** Waits until the program has written this. Throws when it ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>
  /** Exit code; null when a signal ended it. */
  ends(): Promise<number | null>
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Starts `dist/src/FILE` with these arguments; the environment is what is given and nothing of this process but PATH. */
export function start(file: string, args: readonly string[], environment: Environment, input = ''): Spawned {
  const child = spawn(process.execPath, [built(file), ...args], {
    env: { PATH: process.env['PATH'] ?? '', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let [output, complaints] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text))
  child.stdin.on('error', () => undefined).end(input)
  const ended = once(child, 'close') as Promise<[number | null]>
  return {
    process: child,
    output: () => output,
    complaints: () => complaints,
    async says(pattern) {
      for (;;) {
        const found = pattern.exec(output)
        if (found !== null) return found
        const next = await Promise.race([once(child.stdout, 'data').then(() => 'more'), ended.then(() => 'over')])
        if (next === 'over' && pattern.exec(output) === null) {
          throw new Error(`The program ended before it said ${String(pattern)}:\n${output}${complaints}`)
        }
      }
    },
    ends: async () => (await ended)[0],
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      return (await ended)[0]
    },
  }
}

/** A folder that is gone after `work`. */
export async function inTemporaryFolder<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'spona-test-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
