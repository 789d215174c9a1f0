import { indexOnScale, tierOnScale, type EquityScale } from '../../shared/equity-scale.js'
import { isKindCode, kindOf } from '../catalogue/index.js'
import type { InputRows, RoundNeed, RoundOffer, RoundSchool } from '../planning/index.js'
import { isCountry } from '../rounds/index.js'
import type { NeedFound, OfferFound, Pair, Promised, ProposalStore, RoundSources, SchoolFound } from './round-ports.js'

/** Everything that a round works on, by id; `companies` are names. */
export interface Gathered {
  readonly offers: ReadonlyMap<string, OfferFound>
  readonly needs: ReadonlyMap<string, NeedFound>
  readonly schools: ReadonlyMap<string, SchoolFound>
  readonly companies: ReadonlyMap<string, string>
}

interface Question {
  /** ISO date. */
  readonly today: string
  /** Codes of the authorities whose needs it is about. */
  readonly scope: readonly string[]
  /** Of the policy of the round. */
  readonly equity: EquityScale
}

/** Reads what is open now; what was approved is already off both sides. */
export async function gather(sources: RoundSources, { today, scope, equity }: Question): Promise<Gathered> {
  const [offers, needs] = await Promise.all([sources.offers(today), sources.needs(scope)])
  const [schools, companies] = await Promise.all([
    sources.schools([...new Set(needs.map((need) => need.schoolUnitId))]),
    sources.companies([...new Set(offers.map((offer) => offer.companyId))]),
  ])
  return {
    offers: new Map(offers.map((offer) => [offer.id, offer])),
    // A need of a unit that left the register waits until somebody puts that right.
    needs: new Map(needs.filter((need) => schools.has(need.schoolUnitId)).map((need) => [need.id, need])),
    schools: new Map([...schools].map(([id, school]) => [id, weighedBy(equity, school)])),
    companies,
  }
}

/**
 * The register may still be on its way to the weights of a new policy, or past those of the round: index and tier are
 * those that the policy of the round makes of the facts.
 */
function weighedBy(scale: EquityScale, school: SchoolFound): SchoolFound {
  if (school.factors === null) return school
  const equityIndex = indexOnScale(school.factors, scale)
  return { ...school, equityIndex, tier: tierOnScale(equityIndex, scale) }
}

/** So many rows are handed on at once: few enough that nobody else waits for them. */
const pieceSize = 250

/**
 * The rows of the question as the matching takes them, a few at a time. What stands in the proposals of other authorities is
 * theirs: it is off the offers.
 */
export async function* rowsOf(
  gathered: Gathered,
  proposals: ProposalStore,
  scope: readonly string[],
): AsyncGenerator<Partial<InputRows>> {
  const { offers, needs, schools, companies } = gathered
  const [standing, rejected, promised, held] = await Promise.all([
    proposals.standing(scope),
    proposals.rejected(scope, offers, needs),
    proposals.promised(),
    isCountry(scope) ? new Map<string, number>() : proposals.heldElsewhere(scope),
  ])
  const provided = providedBy(promised)
  const known = { companies, held, given: givenOut(promised) }
  for (const some of pieces(schools)) yield { schools: some.map((one) => schoolOf(one, provided.get(one.id))) }
  for (const some of pieces(offers)) {
    const rows = some.map((offer) => offerOf(offer, known))
    yield { offers: rows.filter(({ quantity }) => quantity > 0) }
  }
  for (const some of pieces(needs)) yield { needs: some.map(needOf) }
  for (const some of batches(standing, pieceSize)) {
    const known = some.filter(({ offerId, needId }) => offers.has(offerId) && needs.has(needId))
    yield { standing: known.map(({ offerId, needId, quantity }) => ({ offerId, needId, quantity })) }
  }
  for (const some of batches([...rejected, ...usedUp(gathered, promised)], pieceSize)) yield { exclusions: some }
}

/** The items of a list, so many at a time. */
export function* batches<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size)
}

function* pieces<Item>(items: ReadonlyMap<string, Item>): Generator<readonly Item[]> {
  let piece: Item[] = []
  for (const item of items.values()) {
    if (piece.push(item) < pieceSize) continue
    yield piece
    piece = []
  }
  yield piece
}

function givenOut(promised: readonly Promised[]): ReadonlyMap<string, readonly Promised[]> {
  const given = new Map<string, Promised[]>()
  for (const one of promised) {
    const some = given.get(one.offerId)
    if (some === undefined) given.set(one.offerId, [one])
    else some.push(one)
  }
  return given
}

/** What school units will have once their approved matches arrive. */
function providedBy(promised: readonly Promised[]): Map<string, Set<string>> {
  const provided = new Map<string, Set<string>>()
  for (const { schoolId, kind } of promised) {
    if (!isKindCode(kind)) continue
    const things = provided.get(schoolId) ?? new Set<string>()
    for (const thing of kindOf(kind).provides) things.add(thing)
    provided.set(schoolId, things)
  }
  return provided
}

/** Where an offer has a maximum for a unit, a unit that was promised some of it gets no more: the maximum is not per round. */
function usedUp({ offers, needs }: Gathered, promised: readonly Promised[]): readonly Pair[] {
  const limited = promised.filter(({ offerId }) => (offers.get(offerId)?.maxPerSchool ?? null) !== null)
  if (limited.length === 0) return []
  const needsOf = new Map<string, string[]>()
  for (const { id, schoolUnitId } of needs.values())
    needsOf.set(schoolUnitId, [...(needsOf.get(schoolUnitId) ?? []), id])
  return limited.flatMap(({ offerId, schoolId }) =>
    (needsOf.get(schoolId) ?? []).map((needId) => ({ offerId, needId })),
  )
}

function schoolOf(found: SchoolFound, coming?: ReadonlySet<string>): RoundSchool {
  const { id, name, authority, municipality, level, isBranch, equityIndex, tier, numStudents, factors, has } = found
  const willHave = (thing: keyof typeof has): boolean => has[thing] || (coming?.has(thing) ?? false)
  return {
    ...{ id, name, authority, municipality, level, isBranch, equityIndex, tier, numStudents, factors },
    has: {
      electricity: willHave('electricity'),
      connectivity: willHave('connectivity'),
      devices: willHave('devices'),
    },
  }
}

interface Known {
  readonly companies: ReadonlyMap<string, string>
  /** Units of each offer that stand in proposals of other authorities. */
  readonly held: ReadonlyMap<string, number>
  /** What was promised out of each offer, by its id. */
  readonly given: ReadonlyMap<string, readonly Promised[]>
}

function offerOf(offer: OfferFound, { companies, held, given }: Known): RoundOffer {
  const { id, companyId, kind, spec, available, minPerSchool, maxPerSchool } = offer
  const { territory, levels, validFrom, validTo, leadDays } = offer
  const left = { quantity: Math.max(0, available - (held.get(id) ?? 0)), minPerSchool, maxPerSchool }
  const company = companies.get(companyId) ?? ''
  const wish = wishLeft(offer, given.get(id) ?? [])
  return { id, companyId, company, kind, spec, ...left, territory, levels, validFrom, validTo, leadDays, wish }
}

/** The wish is about the whole offer: what its schools were promised already is kept for them no longer. */
function wishLeft({ wish, quantity, available }: OfferFound, promised: readonly Promised[]): RoundOffer['wish'] {
  if (wish === null) return null
  const given = promised
    .filter(({ authority }) => wish.authorities.includes(authority))
    .reduce((sum, one) => sum + one.quantity, 0)
  const kept = Math.min(available, Math.ceil((wish.share * quantity) / 100) - given)
  return kept <= 0 ? null : { authorities: wish.authorities, share: kept / available }
}

function needOf(need: NeedFound): RoundNeed {
  const {
    id,
    schoolUnitId,
    kind,
    spec,
    available,
    urgency,
    deadline,
    beneficiaries,
    ranking = [],
    refusals = [],
  } = need
  // Part of the need may be promised already: that part of its pupils is reached.
  const students = Math.round((beneficiaries.students * available) / Math.max(1, need.quantity))
  const refused = refusals.map(({ offerId, companyId }) => offerId ?? companyId)
  return { id, schoolId: schoolUnitId, kind, quantity: available, spec, urgency, deadline, students, ranking, refused }
}
