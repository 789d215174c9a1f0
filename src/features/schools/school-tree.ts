import { message } from '../../shared/message.js'
import type { SchoolFacts } from './school.js'

/** A unit that the register has already, as far as the tree is concerned. */
export interface KnownUnit {
  readonly schoolIdGovt: string
  readonly parentSchoolIdGovt: string | null
}

export type TreeProblem = 'parent-unknown' | 'parent-rejected' | 'parent-is-branch' | 'has-branches'

interface Register {
  /** Facts that are to be stored, by govt. id. */
  readonly arriving: ReadonlyMap<string, SchoolFacts>
  /** Units of the register: those that arrive again, those named as parents, and the branches of those that arrive. */
  readonly known: ReadonlyMap<string, KnownUnit>
  /** Govt. ids whose rows were rejected. */
  readonly rejected: ReadonlySet<string>
}

/** Words for `rejected.csv`. */
export const treeProblemWords = (problem: TreeProblem) => ({
  problem: message(`schools.row.${problem}`),
  hint: message(`schools.hint.${problem}`),
})

function parentProblem(parent: string, { arriving, known, rejected }: Register): TreeProblem | null {
  const unit: KnownUnit | undefined = arriving.get(parent) ?? known.get(parent)
  if (unit === undefined) return rejected.has(parent) ? 'parent-rejected' : 'parent-unknown'
  return unit.parentSchoolIdGovt === null ? null : 'parent-is-branch'
}

/** The units of the register that keep a branch which does not arrive with another central school. */
function keepingBranches({ arriving, known }: Register): ReadonlySet<string> {
  const staying = [...known.values()].filter(({ schoolIdGovt }) => !arriving.has(schoolIdGovt))
  return new Set(staying.flatMap(({ parentSchoolIdGovt: parent }) => (parent === null ? [] : [parent])))
}

/**
 * What would break the tree of central schools and branches, by govt. id: it is two levels deep, and every branch has
 * its central school in the register or among the arriving.
 */
export function treeProblems(register: Register): ReadonlyMap<string, TreeProblem> {
  const problems = new Map<string, TreeProblem>()
  const keeping = keepingBranches(register)
  for (const { schoolIdGovt, parentSchoolIdGovt: parent } of register.arriving.values()) {
    if (parent === null) continue
    const problem = keeping.has(schoolIdGovt) ? 'has-branches' : parentProblem(parent, register)
    if (problem !== null) problems.set(schoolIdGovt, problem)
  }
  return problems
}
