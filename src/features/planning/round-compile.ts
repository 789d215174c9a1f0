import type { Level } from '../../shared/level.js'
import {
  dayNumber,
  encodeValue,
  isKindCode,
  kindOf,
  kinds as catalogueKinds,
  categories,
  prerequisites,
  servedKinds,
  type Dimension,
  type Prerequisite,
} from '../catalogue/index.js'
import type {
  EngineNeed,
  EngineOffer,
  EngineTerritory,
  EngineUnit,
  MatchingInput,
  NeedKind,
} from '../matching/index.js'
import { keptUnits } from './kept-units.js'
import { lagsOf } from './authority-lag.js'
import type { RoundInput, RoundNeed, RoundOffer, RoundSchool } from './round-input.js'

/** The kinds as the engine counts them; the last one stands for codes that the catalogue does not know. */
const unknownKind = catalogueKinds.length
const placeOfKind: ReadonlyMap<string, number> = new Map(catalogueKinds.map(({ code }, place) => [code, place]))

/** Dimensions that a rule compares, in the order of the engine's rules, which begin with the one about refurbishing. */
const comparedDimensions = (code: string): readonly Dimension[] =>
  isKindCode(code)
    ? kindOf(code).dimensions.filter(({ need, rule }) => need !== 'absent' && rule !== 'informative')
    : []

const bitsOf = (things: readonly Prerequisite[]): number =>
  things.reduce((bits, thing) => bits | (1 << prerequisites.indexOf(thing)), 0)

/** Prerequisites by their bits. */
export const thingsOf = (bits: number): readonly Prerequisite[] =>
  prerequisites.filter((_, at) => (bits & (1 << at)) !== 0)

const compiledKinds: readonly NeedKind[] = [
  ...catalogueKinds.map(({ code, category, requires, provides }) => ({
    category: categories.indexOf(category),
    rules: [
      { name: 'refurbished', comparison: 'at-most' as const },
      ...comparedDimensions(code).flatMap(({ name, rule }) =>
        rule === 'informative' ? [] : [{ name, comparison: rule }],
      ),
    ],
    requires: bitsOf(requires),
    provides: bitsOf(provides),
  })),
  { category: categories.length, rules: [], requires: 0, provides: 0 },
]

/** Gives the places of the input numbers; what is not stated is -1, which no offer for certain places reaches. */
class PlaceNumbers {
  private readonly numbers = new Map<string, number>()

  of(name: string): number {
    if (name === '') return -1
    const known = this.numbers.get(name)
    if (known !== undefined) return known
    this.numbers.set(name, this.numbers.size)
    return this.numbers.size - 1
  }
}

const levelBits: Readonly<Record<Level, number>> = { primary: 1, secondary: 2 }
const everyLevel = 3
const noLimit = 2 ** 31 - 1

/**
 * The question of a round in the engine's numbers. Specifications become vectors, sets of options become bits, dates days.
 * Offers and needs of which nothing is left are left out.
 *
 * @throws RangeError when a need is of a school unit that is not in the input, or the date is none.
 */
export function compileRound(input: RoundInput): MatchingInput {
  const [authorities, municipalities, companies] = [new PlaceNumbers(), new PlaceNumbers(), new PlaceNumbers()]
  const today = dayNumber(input.today)
  if (today === null) throw new RangeError(`Not a date: ${input.today}`)
  const unitOf = new Map(input.schools.map(({ id }, place) => [id, place]))
  const unitAt = (need: RoundNeed): number => {
    const place = unitOf.get(need.schoolId)
    if (place === undefined) throw new RangeError(`Need ${need.id} is of an unknown school unit: ${need.schoolId}`)
    return place
  }
  const companyIds = new Set(input.offers.map(({ companyId }) => companyId))
  const lagOf = lagsOf(input)
  return {
    kinds: compiledKinds,
    units: input.schools.map((school) => ({
      ...compileSchool(school, authorities, municipalities),
      lag: lagOf(school.authority),
    })),
    offers: input.offers
      .filter(({ quantity }) => quantity > 0)
      .map((offer) => compileOffer(offer, companies.of(offer.companyId), { authorities, municipalities })),
    needs: input.needs
      .filter(({ quantity }) => quantity > 0)
      .map((need) => ({
        ...compileNeed(need, unitAt(need)),
        refusedOffers: need.refused.filter((id) => !companyIds.has(id)),
        refusedPartners: need.refused.filter((id) => companyIds.has(id)).map((id) => companies.of(id)),
      })),
    standing: input.standing,
    exclusions: input.exclusions ?? [],
    scoring: { deadlineSteps: input.policy.deadlineSteps, ...input.policy.points },
    limits: input.policy.limits,
    today,
  }
}

const compileSchool = (
  school: RoundSchool,
  authorities: PlaceNumbers,
  municipalities: PlaceNumbers,
): Omit<EngineUnit, 'lag'> => ({
  id: school.id,
  authority: authorities.of(school.authority),
  municipality: municipalities.of(school.municipality),
  levels: school.level === null ? everyLevel : levelBits[school.level],
  tier: school.tier,
  has: bitsOf(prerequisites.filter((thing) => school.has[thing])),
})

interface Places {
  readonly authorities: PlaceNumbers
  readonly municipalities: PlaceNumbers
}

function compileTerritory({ territory }: RoundOffer, { authorities, municipalities }: Places): EngineTerritory {
  switch (territory.scope) {
    case 'national':
      return { scope: 'national' }
    case 'authorities':
      return { scope: 'authorities', places: territory.authorities.map((code) => authorities.of(code)) }
    case 'municipalities':
      return { scope: 'municipalities', places: territory.municipalities.map((slug) => municipalities.of(slug)) }
  }
}

function compileOffer(offer: RoundOffer, partner: number, places: Places): EngineOffer {
  return {
    id: offer.id,
    partner,
    quantity: offer.quantity,
    minPerUnit: Math.max(1, offer.minPerSchool ?? 1),
    maxPerUnit: offer.maxPerSchool ?? noLimit,
    territory: compileTerritory(offer, places),
    levels: offer.levels.reduce((bits, level) => bits | levelBits[level], 0) || everyLevel,
    validFrom: dayNumber(offer.validFrom) ?? -Infinity,
    validTo: dayNumber(offer.validTo) ?? Infinity,
    leadDays: offer.leadDays ?? 0,
    kept: compileWish(offer, places),
    serves: servedKinds(offer).map((code) => ({
      kind: placeOfKind.get(code) ?? unknownKind,
      spec: [
        Number(offer.kind === 'DEV-USED'),
        ...comparedDimensions(code).map((dimension) => {
          const offered = encodeValue(dimension, offer.spec[dimension.name])
          return offered ?? unstated[dimension.rule]
        }),
      ],
    })),
  }
}

function compileWish(offer: RoundOffer, { authorities }: Places): EngineOffer['kept'] {
  const units = keptUnits(offer)
  if (units === 0 || offer.wish === null) return null
  return { units, authorities: offer.wish.authorities.map((code) => authorities.of(code)) }
}

/** What is not promised breaks the rule, except that nothing promised is enough where 0 is asked. */
const unstated: Readonly<Record<Dimension['rule'], number>> = {
  'at-least': 0,
  'at-most': Infinity,
  equal: NaN,
  'includes-all': 0,
  overlaps: 0,
  informative: NaN,
}

const compileNeed = (need: RoundNeed, unit: number): Omit<EngineNeed, 'refusedOffers' | 'refusedPartners'> => ({
  id: need.id,
  kind: placeOfKind.get(need.kind) ?? unknownKind,
  unit,
  quantity: need.quantity,
  urgency: need.urgency,
  deadline: dayNumber(need.deadline) ?? Infinity,
  students: need.students,
  ranking: need.ranking,
  spec: [
    Number(need.spec['refurbished'] === true),
    ...comparedDimensions(need.kind).map((d) => encodeValue(d, need.spec[d.name]) ?? NaN),
  ],
})
