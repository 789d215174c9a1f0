import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import {
  readProblem,
  solveStated,
  UnreadableProblemError,
  UnsoundProblemError,
  type StatedAnswer,
  type StatedProblem,
} from '../features/published-problems/index.js'
import { UnusableCall } from './call.js'

const help = `Usage: npm run cli -- solve FILE [options]

Solves a published network problem with the solver that matches needs with offers, and proves the answer (docs/solver.md).
FILE is a minimum-cost flow in the DIMACS format (.min) or an assignment problem of the OR-Library (assign100.txt).

  --json                one JSON object: file, format, nodes, arcs, cost, why, proven, pivots, seconds

Exit code 0 when the answer is proven, "no flow is possible" included; 2 when the call or the file cannot be used; 1 for a
defect.
`

const options = { json: { type: 'boolean', default: false }, help: { type: 'boolean', short: 'h' } } as const

export async function solveCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
  if (values.help === true) {
    process.stdout.write(help)
    return 0
  }
  const [path, ...rest] = positionals
  if (path === undefined || rest.length > 0)
    throw new UnusableCall('solve: say solve FILE; solve --help lists the options.')
  const problem = await problemAt(path)
  const started = performance.now()
  const answer = usable(path, () => solveStated(problem))
  const seconds = (performance.now() - started) / 1000
  const facts = { file: basename(path), problem, answer, seconds }
  process.stdout.write(values.json ? jsonOf(facts) : wordsOf(facts))
  return answer.proven ? 0 : 1
}

async function problemAt(path: string): Promise<StatedProblem> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new UnusableCall(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}.`)
  })
  return usable(path, () => readProblem(text))
}

/** What is wrong with a file is the caller's to mend, and no defect. */
function usable<Value>(path: string, work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    if (error instanceof UnreadableProblemError || error instanceof UnsoundProblemError) {
      throw new UnusableCall(`${path}: ${error.message}`)
    }
    throw error
  }
}

interface Facts {
  readonly file: string
  readonly problem: StatedProblem
  readonly answer: StatedAnswer
  readonly seconds: number
}

/** A cost that JSON could not hold exactly is text. */
function jsonOf({ file, problem, answer, seconds }: Facts): string {
  const { cost, why, proven, pivots } = answer
  const exact = cost !== null && cost >= Number.MIN_SAFE_INTEGER && cost <= Number.MAX_SAFE_INTEGER
  const shown = cost === null ? null : exact ? Number(cost) : String(cost)
  const size = { format: problem.format, nodes: problem.supply.length, arcs: problem.from.length }
  return `${JSON.stringify({ file, ...size, cost: shown, why, proven, pivots, seconds })}\n`
}

function wordsOf({ file, problem, answer, seconds }: Facts): string {
  const { cost, why, proven, pivots } = answer
  return [
    `${file}: ${problem.format}, ${problem.supply.length} nodes, ${problem.from.length} arcs`,
    cost === null ? `infeasible: ${why ?? ''}` : `cost: ${cost}`,
    proven ? 'certificate: proven, primal and dual agree over all arcs' : 'certificate: NOT proven',
    `pivots: ${pivots}`,
    `seconds: ${seconds.toFixed(3)}`,
    '',
  ].join('\n')
}
