import assert from 'node:assert/strict'
import { treeProblems } from '../../../src/features/schools/school-tree.js'
import type { SchoolFacts } from '../../../src/features/schools/index.js'
import { aSchool } from '../../support/builders-register.js'

const central = (id: string): SchoolFacts => aSchool({ schoolIdGovt: id })
const branch = (id: string, of: string): SchoolFacts => aSchool({ schoolIdGovt: id, parentSchoolIdGovt: of })

const problems = (
  arriving: readonly SchoolFacts[],
  known: readonly SchoolFacts[] = [],
  rejected: readonly string[] = [],
) =>
  Object.fromEntries(
    treeProblems({
      arriving: new Map(arriving.map((one) => [one.schoolIdGovt, one])),
      known: new Map(known.map((one) => [one.schoolIdGovt, one])),
      rejected: new Set(rejected),
    }),
  )

describe('the tree of school units', () => {
  it('takes branches before or after their central school, or with one that is in the register', () => {
    assert.deepEqual(problems([branch('B', 'A'), central('A')]), {})
    assert.deepEqual(problems([branch('B', 'A')], [central('A')]), {})
  })

  it('has no branch without a central school', () => {
    assert.deepEqual(problems([branch('B', 'A')]), { B: 'parent-unknown' })
    assert.deepEqual(problems([branch('B', 'A')], [], ['A']), { B: 'parent-rejected' })
    assert.deepEqual(problems([branch('B', 'A')], [central('A')], ['A']), {})
  })

  it('is two levels deep, circles included', () => {
    assert.deepEqual(problems([branch('C', 'B'), branch('B', 'A'), central('A')]), { C: 'parent-is-branch' })
    assert.deepEqual(problems([branch('A', 'B'), branch('B', 'A')]), { A: 'parent-is-branch', B: 'parent-is-branch' })
  })

  it('lets a central school become a branch only when its branches go elsewhere', () => {
    const known = [central('A'), central('B'), branch('C', 'B')]
    assert.deepEqual(problems([branch('B', 'A')], known), { B: 'has-branches' })
    assert.deepEqual(problems([branch('B', 'A'), branch('C', 'A')], known), {})
  })
})
