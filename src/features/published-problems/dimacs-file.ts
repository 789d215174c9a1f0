import { linesOf, unreadable, wholeNumber, type Line } from './file-words.js'
import { UnreadableProblemError, type StatedProblem } from './stated-problem.js'

const arcFields = ['from', 'to', 'lower', 'upper', 'cost'] as const

/**
 * Reads a minimum-cost flow in the DIMACS format: `p min NODES ARCS`, then `n NODE SUPPLY`, then
 * `a FROM TO LOWER UPPER COST`; lines that begin with c are comments.
 * @throws UnreadableProblemError
 */
export function readDimacs(text: string): StatedProblem {
  let draft: DimacsDraft | null = null
  for (const line of linesOf(text)) {
    const kind = line.words[0]
    if (kind === 'c') continue
    if (kind === 'p') {
      if (draft !== null) throw unreadable(line.number, 'one line that begins with p, found another')
      draft = new DimacsDraft(line)
    } else if (draft === null) throw unreadable(line.number, 'a line "p min NODES ARCS" before all others')
    else if (kind === 'n') draft.node(line)
    else if (kind === 'a') draft.arc(line)
    else throw unreadable(line.number, `a line that begins with c, p, n or a, found "${kind ?? ''}"`)
  }
  if (draft === null) throw new UnreadableProblemError('The file has no line "p min NODES ARCS".')
  return draft.finish()
}

class DimacsDraft {
  private readonly supply: Int32Array
  private readonly described = new Set<number>()
  private readonly from: Int32Array
  private readonly to: Int32Array
  private readonly lower: Int32Array
  private readonly upper: Int32Array
  private readonly cost: Float64Array
  private arcs = 0

  constructor(line: Line) {
    const { words, number } = line
    if (words[1] !== 'min') throw unreadable(number, `"p min NODES ARCS", found "${words.join(' ')}"`)
    const nodes = wholeNumber(words[2], number, { what: 'a number of nodes', least: 1 })
    const arcs = wholeNumber(words[3], number, { what: 'a number of arcs', least: 0 })
    endAfter(line, 4)
    this.supply = new Int32Array(nodes)
    this.from = new Int32Array(arcs)
    this.to = new Int32Array(arcs)
    this.lower = new Int32Array(arcs)
    this.upper = new Int32Array(arcs)
    this.cost = new Float64Array(arcs)
  }

  node(line: Line): void {
    const { words, number } = line
    if (this.arcs > 0) throw unreadable(number, 'all lines that begin with n before those that begin with a')
    const node = this.nodeOf(words[1], number)
    if (this.described.has(node)) throw unreadable(number, `one line for node ${node + 1}, found another`)
    this.described.add(node)
    this.supply[node] = wholeNumber(words[2], number, { what: 'a supply' })
    endAfter(line, 3)
  }

  arc(line: Line): void {
    const { words, number } = line
    const at = this.arcs++
    if (at >= this.from.length) throw unreadable(number, `the end of the file after ${this.from.length} arcs`)
    const [from, to] = [this.nodeOf(words[1], number), this.nodeOf(words[2], number)]
    if (from === to) throw unreadable(number, `two nodes, found ${from + 1} twice`)
    const lower = wholeNumber(words[3], number, { what: 'a lower bound', least: 0 })
    const upper = wholeNumber(words[4], number, { what: 'an upper bound', least: lower })
    const arc = { from, to, lower, upper, cost: wholeNumber(words[5], number, { what: 'a cost' }) }
    for (const field of arcFields) this[field][at] = arc[field]
    endAfter(line, 6)
  }

  private nodeOf(word: string | undefined, line: number): number {
    return wholeNumber(word, line, { what: 'a node', least: 1, most: this.supply.length }) - 1
  }

  finish(): StatedProblem {
    const { supply, from, to, lower, upper, cost, arcs } = this
    if (arcs < from.length) throw new UnreadableProblemError(`The file ends after ${arcs} of ${from.length} arcs.`)
    return { format: 'DIMACS minimum-cost flow', supply, from, to, lower, upper, cost }
  }
}

function endAfter({ words, number }: Line, count: number): void {
  if (words.length > count)
    throw unreadable(number, `the end of the line after ${count} words, found "${words[count] ?? ''}"`)
}
