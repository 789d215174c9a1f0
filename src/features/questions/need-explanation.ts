import type { ReasonCode, RemovedByRule, RoundInput, RoundNeed, RoundSchool } from '../planning/index.js'
import { changeSeries, prerequisitesChange, type Asking, type Series } from './change-options.js'
import type { Change } from './change.js'
import { givenTo, type PlanOutcome } from './plan-outcome.js'
import { relatedInput } from './related-input.js'
import { Trial, type Tried } from './trial.js'

/** Why a need gets nothing, or not all, with what would have changed that; all of it found by solving again. */
export interface NeedExplanation {
  readonly type: 'need'
  readonly needId: string
  readonly kind: string
  readonly spec: RoundNeed['spec']
  readonly asked: number
  /** Units that the plan gives it. */
  readonly given: number
  /** Null when the plan gives all. */
  readonly reasonCode: ReasonCode | null
  /** How many offers of the kind each rule removed. */
  readonly rules: readonly RemovedByRule[]
  /** Each would have changed the answer, confirmed; what is the least effort for the school comes first. */
  readonly changes: readonly Tried[]
  /** Sorts of change that were tried and would have changed nothing. */
  readonly inVain: readonly Change['type'][]
  /** How often the question was solved for this answer. */
  readonly solved: number
}

/** The need is not in the round, or its school unit is not. */
export class NotInRoundError extends Error {
  override readonly name = 'NotInRoundError'
}

/** @throws NotInRoundError */
export function explainNeed(input: RoundInput, needId: string, plan: PlanOutcome): NeedExplanation {
  const { need } = inRound(input, needId)
  const unmatched = plan.unmatched.get(needId)
  const { kind, spec, quantity: asked } = need
  const about = { type: 'need' as const, needId, kind, spec, asked, given: givenTo(plan, needId) }
  const told = { ...about, reasonCode: unmatched?.reasonCode ?? null, rules: unmatched?.rules ?? [] }
  if (unmatched === undefined) return { ...told, changes: [], inVain: [], solved: 0 }
  const related = relatedInput(input, need.kind, plan.pieces)
  const trial = new Trial(related, plan, needId)
  const lacksFirst = unmatched.rules.some(({ rule }) => rule === 'prerequisite')
  const asking: Asking = { input: related, ...inRound(related, needId), lacksFirst }
  return { ...told, ...smallestChanges(asking, trial), solved: trial.solved }
}

export function inRound(input: RoundInput, needId: string): { need: RoundNeed; school: RoundSchool } {
  const need = input.needs.find(({ id }) => id === needId)
  const school = input.schools.find(({ id }) => id === need?.schoolId)
  if (need === undefined || school === undefined) throw new NotInRoundError(`Need ${needId} is not in this round`)
  return { need, school }
}

function smallestChanges(asking: Asking, trial: Trial): Pick<NeedExplanation, 'changes' | 'inVain'> {
  const first = prerequisitesChange(asking)
  const confirmed = first === null ? null : trial.try([first])
  const isEnough = confirmed !== null && trial.helps(confirmed)
  // Where something has to come first and that alone is not enough, every other change comes on top of it.
  const base = first === null ? [] : [first]
  const series = isEnough ? [] : changeSeries(asking)
  const found = series.map((one) => firstThatHelps(one, base, trial))
  const supply = isEnough ? null : leastSupply(asking, base, trial)
  const helpful = [isEnough ? confirmed : null, ...found, supply].filter((tried) => tried !== null)
  const types = new Set(helpful.flatMap(({ changes }) => changes.map(({ type }) => type)))
  const asked = [...base, ...series.flatMap((one) => one.slice(0, 1))].map(({ type }) => type)
  return { changes: helpful, inVain: [...new Set(asked)].filter((type) => !types.has(type)) }
}

function firstThatHelps(series: Series, base: readonly Change[], trial: Trial): Tried | null {
  for (const change of series) {
    const tried = trial.try([...base, change])
    if (trial.helps(tried)) return tried
  }
  return null
}

/** Further than this nobody looks for units that are not there. */
const mostSupply = 4096

/** The fewest units more with which the need gets something: doubled until it does, then halved between. */
function leastSupply(
  { need, school }: Pick<Asking, 'need' | 'school'>,
  base: readonly Change[],
  trial: Trial,
): Tried | null {
  const supply = (units: number): Tried =>
    trial.try([...base, { type: 'supply', units, kind: need.kind, authority: school.authority }])
  let [enough, found] = [1, supply(1)]
  while (!trial.helps(found) && enough < mostSupply) {
    enough *= 2
    found = supply(enough)
  }
  if (!trial.helps(found)) return null
  for (let low = Math.floor(enough / 2) + 1; low < enough;) {
    const middle = Math.floor((low + enough) / 2)
    const tried = supply(middle)
    if (trial.helps(tried)) [enough, found] = [middle, tried]
    else low = middle + 1
  }
  return found
}
