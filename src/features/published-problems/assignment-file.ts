import { linesOf, unreadable, wholeNumber } from './file-words.js'
import { UnreadableProblemError, type StatedProblem } from './stated-problem.js'

/** More could not be held in memory as arcs. */
const mostRows = 5000

/**
 * Reads an assignment problem of the OR-Library: the number n of rows, then the n × n costs row by row, broken into lines
 * anywhere.
 * @throws UnreadableProblemError
 */
export function readAssignment(text: string): StatedProblem {
  let size = -1
  let cost = new Float64Array()
  let read = 0
  for (const { number, words } of linesOf(text)) {
    for (const word of words) {
      if (size < 0) {
        size = wholeNumber(word, number, { what: 'a number of rows', least: 1, most: mostRows })
        cost = new Float64Array(size * size)
      } else if (read === cost.length) {
        throw unreadable(number, `the end of the file after ${cost.length} costs, found "${word}"`)
      } else cost[read++] = wholeNumber(word, number, { what: 'a cost' })
    }
  }
  if (size < 0) throw new UnreadableProblemError('The file is empty.')
  if (read < cost.length) throw new UnreadableProblemError(`The file ends after ${read} of ${cost.length} costs.`)
  return matching(size, cost)
}

/** Every row gives one unit, every column takes one. */
function matching(size: number, cost: Float64Array): StatedProblem {
  const arcs = cost.length
  const [from, to] = [new Int32Array(arcs), new Int32Array(arcs)]
  for (let arc = 0; arc < arcs; arc++) {
    from[arc] = Math.floor(arc / size)
    to[arc] = size + (arc % size)
  }
  return {
    format: 'OR-Library assignment',
    supply: new Int32Array(2 * size).fill(1, 0, size).fill(-1, size),
    from,
    to,
    lower: new Int32Array(arcs),
    upper: new Int32Array(arcs).fill(1),
    cost,
  }
}
