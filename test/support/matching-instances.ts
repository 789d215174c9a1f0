import type {
  EngineNeed,
  EngineOffer,
  EngineTerritory,
  MatchingInput,
  NeedKind,
} from '../../src/features/matching/index.js'
import { SeededRandom } from './seeded-random.js'

const places = 4
const [power, line] = [1, 2]

const kinds: readonly NeedKind[] = [
  { category: 0, rules: [{ name: 'speed', comparison: 'at-least' }], requires: power, provides: line },
  { category: 1, rules: [{ name: 'system', comparison: 'overlaps' }], requires: power, provides: 4 },
  { category: 1, rules: [{ name: 'keys', comparison: 'includes-all' }], requires: power | line, provides: 4 },
  { category: 2, rules: [{ name: 'days', comparison: 'at-most' }], requires: 4, provides: 0 },
]

/**
 * A small question with everything that can get in the way: offers of two kinds, several needs a unit, maxima that several
 * needs share, lots, limits of place, level and time, missing prerequisites.
 */
export function smallMatching(seed: number, size: { readonly offers: number; readonly needs: number }): MatchingInput {
  const random = new SeededRandom(seed)
  // What came later is drawn apart, so that the instances of the first tests stay what they were.
  const extra = new SeededRandom(seed + 77)
  const units = Array.from({ length: Math.ceil(size.needs / 2) }, (_, at) => {
    const authority = random.between(0, 1)
    return {
      id: `unit-${at}`,
      authority,
      municipality: random.chance(0.1) ? -1 : authority * 2 + random.between(0, 1),
      levels: random.pick([1, 2, 3]),
      tier: random.between(1, 5),
      has: random.pick([0, power, power, power | line, power | line | 4]),
      lag: extra.chance(0.3) ? extra.next() : 0,
    }
  })
  const offers = Array.from({ length: size.offers }, (_, at): EngineOffer => anOffer(random, extra, at))
  const needs = Array.from({ length: size.needs }, (_, at): EngineNeed =>
    aNeed(random, extra, { at, units: units.length, offers: size.offers }),
  )
  return {
    kinds,
    units,
    offers,
    needs,
    standing: random.chance(0.5) ? [{ offerId: 'offer-0', needId: 'need-0', quantity: 3 }] : [],
    scoring: { deadlineSteps: [30, 90], fit: 6, territory: 2, leadTime: 2, standing: 1, ranking: 2, fairness: 1 },
    limits: { preferredPartners: 2, mostPartners: 3, companyShare: null },
    today: 20_000,
  }
}

function anOffer(random: SeededRandom, extra: SeededRandom, at: number): EngineOffer {
  const territory: EngineTerritory = random.chance(0.4)
    ? { scope: 'national' }
    : random.chance(0.5)
      ? { scope: 'authorities', places: random.sample([0, 1], random.between(1, 2)) }
      : { scope: 'municipalities', places: random.sample([...Array(places).keys()], random.between(1, 3)) }
  const kind = random.between(0, 3)
  const spec = [random.between(1, 7)]
  const quantity = random.between(1, 20)
  return {
    id: `offer-${at}`,
    partner: at % 5,
    quantity,
    minPerUnit: random.chance(0.3) ? random.between(2, 5) : 1,
    maxPerUnit: random.chance(0.5) ? random.between(3, 9) : 1_000_000,
    territory,
    levels: random.pick([1, 2, 3, 3, 3]),
    validFrom: random.chance(0.1) ? 20_040 : 19_000,
    validTo: random.chance(0.1) ? 19_999 : 21_000,
    leadDays: random.between(0, 60),
    kept: extra.chance(0.3) ? { units: extra.between(1, quantity), authorities: [extra.between(0, 1)] } : null,
    serves:
      kind === 1
        ? [
            { kind, spec },
            { kind: 2, spec },
          ]
        : [{ kind, spec }],
  }
}

interface Drawn {
  readonly at: number
  readonly units: number
  readonly offers: number
}

const someOffers = (extra: SeededRandom, offers: number): readonly string[] =>
  extra.chance(0.2) ? Array.from({ length: extra.between(1, 3) }, () => `offer-${extra.between(0, offers)}`) : []

const aNeed = (random: SeededRandom, extra: SeededRandom, { at, units, offers }: Drawn): EngineNeed => ({
  id: `need-${at}`,
  kind: random.between(0, 3),
  unit: random.between(0, units - 1),
  quantity: random.between(1, 9),
  urgency: random.between(1, 3),
  deadline: random.chance(0.3) ? 20_000 + random.between(10, 120) : Infinity,
  spec: [random.chance(0.5) ? random.between(1, 7) : NaN],
  students: extra.between(0, 200),
  ranking: someOffers(extra, offers),
  refusedOffers: someOffers(extra, offers),
  refusedPartners: extra.chance(0.1) ? [extra.between(0, 4)] : [],
})
