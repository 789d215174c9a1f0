import { strict as assert } from 'node:assert'
import fc from 'fast-check'
import { readProblem, solveStated, UnreadableProblemError } from '../../../src/features/published-problems/index.js'
import { SeededRandom } from '../../support/seeded-random.js'

const example = `c A small network.
p min 4 5
n 1 4
n 4 -4
a 1 2 0 4 2
a 1 3 0 2 2
a 2 3 0 2 1
a 2 4 0 3 3
a 3 4 0 5 1
`

const costOf = (text: string): bigint | null => {
  const { cost, proven } = solveStated(readProblem(text))
  assert.ok(proven)
  return cost
}

describe('a minimum-cost flow in the DIMACS format', () => {
  it('is read and solved, every supply used and every demand met', () => {
    const problem = readProblem(example)
    assert.deepEqual([problem.format, [...problem.supply]], ['DIMACS minimum-cost flow', [4, 0, 0, -4]])
    assert.equal(costOf(example), 14n)
  })

  it('counts the cost of lower bounds and keeps them', () => {
    assert.equal(costOf(example.replace('a 2 4 0 3 3', 'a 2 4 3 3 3')), 18n)
    assert.equal(costOf('p min 3 3\nn 1 2\nn 3 -2\na 1 2 1 2 9\na 2 3 0 2 9\na 1 3 0 2 1\n'), 19n)
  })

  it('goes round a circle that earns more than it costs', () => {
    assert.equal(costOf('p min 3 3\na 1 2 0 5 -3\na 2 3 0 4 1\na 3 1 0 9 1\n'), -4n)
  })

  it('may have no flow, and then it says what is missing', () => {
    const unbalanced = solveStated(readProblem(example.replace('n 4 -4', 'n 4 -3')))
    assert.deepEqual([unbalanced.cost, unbalanced.why], [null, '4 units must leave the nodes but 3 must arrive'])
    const narrow = solveStated(readProblem(example.replace('a 3 4 0 5 1', 'a 3 4 0 0 1')))
    assert.deepEqual([narrow.cost, narrow.why, narrow.proven], [null, 'at most 3 of 4 units can arrive', true])
  })

  it('is refused line by line, with what was expected', () => {
    const wrong: readonly (readonly [string, string, string])[] = [
      ['p min 4 5', 'p max 4 5', 'Line 2: expected "p min NODES ARCS", found "p max 4 5".'],
      ['p min 4 5', 'p min four 5', 'Line 2: expected a number of nodes from 1 to 2147483647, found "four".'],
      ['n 1 4', 'n 5 4', 'Line 3: expected a node from 1 to 4, found "5".'],
      ['n 4 -4', 'n 1 -4', 'Line 4: expected one line for node 1, found another.'],
      ['n 4 -4', 'n 4', 'Line 4: expected a supply from -2147483647 to 2147483647, found the end of the line.'],
      ['a 1 3 0 2 2', 'a 1 1 0 2 2', 'Line 6: expected two nodes, found 1 twice.'],
      ['a 1 3 0 2 2', 'a 1 3 3 2 2', 'Line 6: expected an upper bound from 3 to 2147483647, found "2".'],
      ['a 1 3 0 2 2', 'a 1 3 0 2 2.5', 'Line 6: expected a cost from -2147483647 to 2147483647, found "2.5".'],
      ['a 1 3 0 2 2', 'a 1 3 0 2 2 7', 'Line 6: expected the end of the line after 6 words, found "7".'],
      ['a 1 3 0 2 2', 'x', 'Line 6: expected a line that begins with c, p, n or a, found "x".'],
      ['a 1 3 0 2 2\n', '', 'The file ends after 4 of 5 arcs.'],
      ['p min 4 5', 'p min 4 4', 'Line 9: expected the end of the file after 4 arcs.'],
      ['p min 4 5\n', '', 'Line 2: expected a line "p min NODES ARCS" before all others.'],
      [
        'a 1 2 0 4 2',
        'a 1 2 0 4 2\nn 2 0',
        'Line 6: expected all lines that begin with n before those that begin with a.',
      ],
      [example, 'c Nothing.', 'The file has no line "p min NODES ARCS".'],
    ]
    for (const [right, typed, message] of wrong) {
      assert.throws(() => readProblem(example.replace(right, typed)), new UnreadableProblemError(message))
    }
  })
})

/** The cheapest of all orders, tried one by one. */
function cheapest(costs: readonly (readonly number[])[], row = 0, taken = 0): number {
  if (row === costs.length) return 0
  return Math.min(
    ...costs[row]!.flatMap((cost, column) =>
      (taken & (1 << column)) === 0 ? [cost + cheapest(costs, row + 1, taken | (1 << column))] : [],
    ),
  )
}

describe('an assignment problem of the OR-Library', () => {
  it('has the cost of the cheapest of all assignments', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 6 }), (seed, size) => {
        const random = new SeededRandom(seed)
        const costs = Array.from({ length: size }, () => Array.from({ length: size }, () => random.between(-20, 99)))
        const text = ` ${size}\n${costs.map((row) => ` ${row.join(' ')}`).join('\n')}\n`
        assert.equal(costOf(text), BigInt(cheapest(costs)))
      }),
      { numRuns: 100 },
    )
  })

  it('may break its rows into lines anywhere', () => {
    assert.equal(costOf('2\n1 9\n9\n\n 4'), 5n)
    assert.equal(readProblem('2\r\n1 9\r\n9 4\r\n').format, 'OR-Library assignment')
  })

  it('is refused with the line and what was expected', () => {
    const wrong: readonly (readonly [string, string])[] = [
      ['2\n1 9\n9', 'The file ends after 3 of 4 costs.'],
      ['2\n1 9\n9 4\n3', 'Line 4: expected the end of the file after 4 costs, found "3".'],
      ['2\n1 x\n9 4', 'Line 2: expected a cost from -2147483647 to 2147483647, found "x".'],
      ['0', 'Line 1: expected a number of rows from 1 to 5000, found "0".'],
    ]
    for (const [text, message] of wrong) assert.throws(() => readProblem(text), new UnreadableProblemError(message))
  })
})
