import { isKindCode, kindCodes, kindOf, servedKinds, type KindCode } from '../catalogue/index.js'
import type { RoundInput, RoundPiece, RoundSchool } from '../planning/index.js'

/**
 * Beyond so many needs a question is solved for the kinds that compete with each other and not for all that depend on
 * them too: what a unit could do next with what it gets here is then not followed further.
 */
const mostFollowed = 20_000

/**
 * The part of a question in which a kind of need is decided: the kinds that share offers with it, and what the units of
 * those could use next. What the plan gives the units of the other kinds counts as there, so that the part is solved as
 * the whole would be: kinds that share no offer do not know of each other, except through what a unit has.
 */
export function relatedInput(input: RoundInput, kind: string, pieces: readonly RoundPiece[]): RoundInput {
  if (!isKindCode(kind) || sharesAreCompared(input)) return input
  const leader = leadersOf(input)
  const kinds = new Set(kindCodes.filter((code) => leader(code) === leader(kind)))
  if (input.needs.length <= mostFollowed) follow(kinds, leader)
  const needs = input.needs.filter((need) => isKindCode(need.kind) && kinds.has(need.kind))
  const offers = input.offers.filter((offer) => servedKinds(offer).some((code) => kinds.has(code)))
  const provided = providedBy(input, pieces, kinds)
  const schools = input.schools.map((school) => withThings(school, provided.get(school.id)))
  const ids = { offers: new Set(offers.map(({ id }) => id)), needs: new Set(needs.map(({ id }) => id)) }
  const isRelated = (pair: { readonly offerId: string; readonly needId: string }): boolean =>
    ids.offers.has(pair.offerId) && ids.needs.has(pair.needId)
  const exclusions = (input.exclusions ?? []).filter(isRelated)
  return { ...input, schools, offers, needs, standing: input.standing.filter(isRelated), exclusions }
}

/** Shares of authorities are made of all kinds together: then a part would not be solved as the whole is. */
const sharesAreCompared = ({ policy }: RoundInput): boolean =>
  policy.plan === 'even-authorities' || policy.limits.companyShare !== null

/** Kinds that one offer can serve compete for it; they have the same leader. */
function leadersOf({ offers }: RoundInput): (kind: KindCode) => KindCode {
  const leaders = new Map<KindCode, KindCode>()
  const leader = (kind: KindCode): KindCode => {
    const next = leaders.get(kind)
    return next === undefined || next === kind ? kind : leader(next)
  }
  for (const offer of offers) {
    const [first, ...others] = servedKinds(offer)
    if (first !== undefined) for (const other of others) leaders.set(leader(other), leader(first))
  }
  return leader
}

/** Adds the kinds for which a unit may need what these provide, and so on. */
function follow(kinds: Set<KindCode>, leader: (kind: KindCode) => KindCode): void {
  for (;;) {
    const things = new Set([...kinds].flatMap((code) => kindOf(code).provides))
    const leaders = new Set(
      kindCodes.filter((code) => kindOf(code).requires.some((thing) => things.has(thing))).map(leader),
    )
    const before = kinds.size
    for (const code of kindCodes) if (leaders.has(leader(code))) kinds.add(code)
    if (kinds.size === before) return
  }
}

/** What the plan gives school units of kinds that are left out. */
function providedBy(
  { needs }: RoundInput,
  pieces: readonly RoundPiece[],
  kinds: ReadonlySet<KindCode>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const byId = new Map(needs.map((need) => [need.id, need]))
  const provided = new Map<string, Set<string>>()
  for (const { needId } of pieces) {
    const need = byId.get(needId)
    if (need === undefined || !isKindCode(need.kind) || kinds.has(need.kind)) continue
    const things = provided.get(need.schoolId) ?? new Set()
    for (const thing of kindOf(need.kind).provides) things.add(thing)
    provided.set(need.schoolId, things)
  }
  return provided
}

function withThings(school: RoundSchool, things: ReadonlySet<string> | undefined): RoundSchool {
  if (things === undefined) return school
  const { electricity, connectivity, devices } = school.has
  return {
    ...school,
    has: {
      electricity: electricity || things.has('electricity'),
      connectivity: connectivity || things.has('connectivity'),
      devices: devices || things.has('devices'),
    },
  }
}
