import { writeFileSync } from 'node:fs'
import { piecesOf } from '../support/matching-checks.js'
import { solveMatching } from '../../src/features/matching/index.js'
import { compileRound, planRound } from '../../src/features/planning/index.js'
import { createFlowOracle } from '../support/flow-oracle.js'
import { roundInstance } from '../support/instances.js'

interface Row {
  readonly size: string
  readonly candidates: number
  readonly units: string
  /** Seconds of the first run in this process, and of the best of five, with the processor's seconds beside them. */
  readonly cold: Effort
  readonly best: Effort
  /** Of the best run: finding candidates; flows with certificates, reasons and repair. */
  readonly find: number
  readonly solve: number
  /** The whole round with its words and its hash. */
  readonly round: Effort
  readonly certified: boolean
  /** Bound ÷ HiGHS optimum of the same flows, and how much more of the processor HiGHS took than all of `best`. */
  readonly toHighs: number
  readonly highsTimes: number
  /** Worth of the plan with lots and partner limits ÷ bound. */
  readonly plan: number
  readonly megabytes: number
}

interface Effort {
  readonly wall: number
  readonly cpu: number
}

const rounded = (value: number, digits = 3): number => Number(value.toFixed(digits))

/** On a busy machine the processor's seconds say more than those of the clock. */
function timed<Value>(work: () => Value): { readonly value: Value; readonly effort: Effort } {
  const [started, before] = [performance.now(), process.cpuUsage()]
  const value = work()
  const { user, system } = process.cpuUsage(before)
  const wall = rounded((performance.now() - started) / 1000)
  return { value, effort: { wall, cpu: rounded((user + system) / 1e6) } }
}

/** One size, measured in this process: every run solves the same seeded instance anew. */
async function measure(needs: number, offers: number, fewKinds: boolean): Promise<Row> {
  const input = roundInstance(1, { needs, offers, fewKinds })
  const question = compileRound(input)
  const runs = Array.from({ length: 5 }, () => timed(() => solveMatching(question)))
  const { value: plan, effort } = runs.reduce((one, other) => (other.effort.cpu < one.effort.cpu ? other : one))
  const round = timed(() => planRound(input)).effort
  const memory = process.resourceUsage().maxRSS / 1024
  const highs = await createFlowOracle()
  const optima = timed(() => plan.tasks.map(({ assignment }) => highs(assignment.problem).objective))
  const optimum = -optima.value.reduce((sum, objective) => sum + objective, 0)
  const asked = input.needs.reduce((sum, { quantity }) => sum + quantity, 0)
  const served = piecesOf(plan).reduce((sum, { units }) => sum + units, 0)
  return {
    size: `${needs} × ${offers}${fewKinds ? ', six kinds' : ''}`,
    candidates: plan.tasks.reduce((sum, { candidates }) => sum + candidates.offer.length, 0),
    units: `${served} of ${asked}`,
    cold: runs[0]?.effort ?? effort,
    best: effort,
    find: rounded(plan.seconds.candidates),
    solve: rounded(plan.seconds.solve),
    round,
    certified: plan.certified,
    toHighs: rounded(Number(plan.bound) / optimum, 9),
    highsTimes: rounded(optima.effort.cpu / effort.cpu, 1),
    plan: rounded(Number(plan.objective) / Number(plan.bound), 4),
    megabytes: Math.round(memory),
  }
}

/** Measures the sizes given as `1000x100`, or the usual three; `--few-kinds` makes them harder, `--json FILE` keeps the figures. */
async function main(args: readonly string[]): Promise<void> {
  const at = args.indexOf('--json')
  const given = args.filter((arg, place) => /^\d+x\d+$/.test(arg) && place !== at + 1)
  const rows: Row[] = []
  for (const size of given.length > 0 ? given : ['180x46', '1000x100', '10000x1000']) {
    const [needs = 0, offers = 0] = size.split('x').map(Number)
    const row = await measure(needs, offers, args.includes('--few-kinds'))
    rows.push(row)
    process.stdout.write(`${JSON.stringify(row)}\n`)
  }
  const file = args[at + 1]
  if (at >= 0 && file !== undefined) writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`)
}

await main(process.argv.slice(2))
