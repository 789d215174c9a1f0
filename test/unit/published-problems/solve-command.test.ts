import { strict as assert } from 'node:assert'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const command = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url))

interface Run {
  readonly code: number
  readonly out: string
  readonly error: string
}

const solve = (args: readonly string[]): Promise<Run> =>
  new Promise((resolve) => {
    execFile(process.execPath, [command, 'solve', ...args], (failure, out, error) => {
      resolve({ code: failure === null ? 0 : Number(failure.code), out, error })
    })
  })

describe('the solve command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'spona-solve-'))
  after(() => {
    rmSync(folder, { recursive: true })
  })
  const written = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }

  it('prints the cost of an assignment, its proof and its effort', async () => {
    const { code, out } = await solve([written('three.txt', '3\n4 1 3\n2 0 5\n3 2 2\n')])
    assert.equal(code, 0)
    assert.match(out, /^three\.txt: OR-Library assignment, 6 nodes, 9 arcs\ncost: 5\ncertificate: proven/)
    assert.match(out, /pivots: \d+\nseconds: \d+\.\d+\n$/)
  })

  it('prints one JSON object, "no flow is possible" included', async () => {
    const file = written('narrow.min', 'p min 2 1\nn 1 3\nn 2 -3\na 1 2 0 2 5\n')
    const { code, out } = await solve([file, '--json'])
    assert.equal(code, 0)
    const { seconds, pivots, ...facts } = JSON.parse(out) as Record<string, unknown>
    assert.deepEqual(facts, {
      ...{ file: 'narrow.min', format: 'DIMACS minimum-cost flow', nodes: 2, arcs: 1 },
      ...{ cost: null, why: 'at most 2 of 3 units can arrive', proven: true },
    })
    assert.ok(typeof seconds === 'number' && typeof pivots === 'number')
  })

  it('refuses a file or a call that it cannot use in one line', async () => {
    const broken = written('broken.min', 'p min 2 1\na 1 2 0 x 5\n')
    const huge = written('huge.txt', `2\n${'2147483647 '.repeat(4)}`)
    for (const [args, message] of [
      [[broken], `${broken}: Line 2: expected an upper bound from 0 to 2147483647, found "x".\n`],
      [[join(folder, 'none')], /^.*none cannot be read: ENOENT.*\n$/],
      [[], 'solve: say solve FILE; solve --help lists the options.\n'],
      [[huge, huge], 'solve: say solve FILE; solve --help lists the options.\n'],
    ] as const) {
      const { code, out, error } = await solve(args)
      assert.deepEqual([code, out], [2, ''])
      if (typeof message === 'string') assert.equal(error, message)
      else assert.match(error, message)
    }
    assert.match((await solve([huge])).out, /cost: 4294967294/)
  })
})
