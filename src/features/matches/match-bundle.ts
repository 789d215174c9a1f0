import { RuleViolation } from '../../shared/errors.js'
import { isKindCode, kindOf, prerequisiteName, type Prerequisite } from '../catalogue/index.js'
import { awaitedFor } from './match-decision.js'
import { isPromised } from './match-life.js'
import { nameOf, type MatchSummary, type Pair } from './match.js'

const isPair =
  ({ offerId, needId }: Pair) =>
  (match: Pair): boolean =>
    match.offerId === offerId && match.needId === needId

const provides = (kind: string): readonly Prerequisite[] => (isKindCode(kind) ? kindOf(kind).provides : [])
const requires = (kind: string): readonly Prerequisite[] => (isKindCode(kind) ? kindOf(kind).requires : [])

/** Matches of a unit that this one needs first, each pair as it stands now; `unit` is latest first. */
export const firstsOf = (match: MatchSummary, unit: readonly MatchSummary[]): readonly MatchSummary[] =>
  match.needsFirst.flatMap((pair) => unit.find(isPair(pair)) ?? [])

/** What the plan gives the unit besides: open or promised, and not what this one needs first. */
export function besides(match: MatchSummary, unit: readonly MatchSummary[]): readonly MatchSummary[] {
  const firsts = firstsOf(match, unit)
  return unit.filter(
    (one) => one.id !== match.id && !firsts.includes(one) && (one.state === 'proposed' || isPromised(one.state)),
  )
}

/** What is still missing of what a match needs first. */
export interface Missing {
  readonly things: readonly Prerequisite[]
  /** Proposals that would bring it; none when it is no longer in the plan. */
  readonly open: readonly MatchSummary[]
}

/** A match of a bundle; a company is not told of others' but that they are there. */
export interface BundlePart {
  readonly match: MatchSummary
  readonly isKnown: boolean
}

/** What hangs together with a match in the plan of its unit. */
export interface Bundle {
  readonly firsts: readonly BundlePart[]
  readonly besides: readonly BundlePart[]
  /** Of what comes first, what nobody has been promised yet; null when nothing is missing, or the match is decided. */
  readonly missing: Missing | null
}

type Counts = (match: MatchSummary) => boolean

/**
 * What the plan meant to bring first and no match that counts brings; null when nothing is missing. A thing counts as
 * brought whoever brings it: the supplier may have changed since.
 */
export function missingFirst(
  match: MatchSummary,
  unit: readonly MatchSummary[],
  counts: Counts = ({ state }) => isPromised(state),
): Missing | null {
  const planned = new Set(firstsOf(match, unit).flatMap(({ kind }) => provides(kind)))
  const brought = new Set(unit.filter(counts).flatMap(({ kind }) => provides(kind)))
  const things = requires(match.kind).filter((thing) => planned.has(thing) && !brought.has(thing))
  if (things.length === 0) return null
  const open = unit.filter(
    ({ state, kind }) => state === 'proposed' && things.some((one) => provides(kind).includes(one)),
  )
  return { things, open }
}

/** An authority that agrees to what the nation decides with it has to have agreed to what comes first. */
export const agreedByAuthority: Counts = (match) =>
  isPromised(match.state) || (match.isShared && !awaitedFor(match).includes('authority') && match.state === 'proposed')

/** Throws RuleViolation in words that name what has to be approved first. */
export function checkFirst(match: MatchSummary, unit: readonly MatchSummary[], counts?: Counts): void {
  const missing = missingFirst(match, unit, counts)
  if (missing === null) return
  const things = missing.things.map(prerequisiteName)
  const [first] = missing.open
  if (first === undefined) throw new RuleViolation('matches.first.lost', { things })
  throw new RuleViolation(awaitsNationOnly(first) ? 'matches.first.awaits' : 'matches.first.approve', {
    things,
    match: nameOf(first),
  })
}

const awaitsNationOnly = (match: MatchSummary): boolean => {
  const awaited = awaitedFor(match)
  return awaited.length === 1 && awaited[0] === 'nation'
}

/** The same matches, each after those of them that it needs first; otherwise in their order. */
export function inOrder<Item extends Pair & Pick<MatchSummary, 'needsFirst'>>(items: readonly Item[]): readonly Item[] {
  const done = new Set<Item>()
  const visit = (item: Item): void => {
    if (done.has(item)) return
    done.add(item)
    for (const pair of item.needsFirst) for (const first of items.filter(isPair(pair))) visit(first)
    ordered.push(item)
  }
  const ordered: Item[] = []
  for (const item of items) visit(item)
  return ordered
}
