import { authorityCodes, municipalities } from '../../src/features/authorities/index.js'
import {
  dimensionsFor,
  kindsFor,
  kindsOf,
  type Dimension,
  type Kind,
  type Side,
} from '../../src/features/catalogue/index.js'
import {
  firstPolicy,
  type RoundInput,
  type RoundNeed,
  type RoundOffer,
  type RoundSchool,
} from '../../src/features/planning/index.js'
import type { Tier } from '../../src/features/schools/index.js'
import { factorNames, type Factors } from '../../src/shared/equity-scale.js'
import type { Territory } from '../../src/shared/territory.js'
import { SeededRandom } from './seeded-random.js'

const today = '2026-12-01'

interface Size {
  readonly needs: number
  readonly offers: number
  /** Share of the needs and offers that state a specification; 1 unless told. */
  readonly particular?: number
  /** Fewer kinds make fewer and larger tasks: the first kind of each category, instead of all. */
  readonly fewKinds?: boolean
}

/**
 * A seeded instance as `matching.md` describes it: places by population, quantities with a heavy tail, supply of 30 to 120 %
 * of the demand by category, 20 % of the offers national, half for 1 to 6 authorities, the others for 1 to 12
 * municipalities, 1 to 5 needs a unit, minimum lots on 30 % and maxima on 50 % of the offers.
 */
export function roundInstance(
  seed: number,
  { needs: count, offers: offerCount, particular = 1, fewKinds = false }: Size,
): RoundInput {
  const random = new SeededRandom(seed)
  const isUsed = ({ code, category }: Kind): boolean => !fewKinds || kindsOf(category)[0]?.code === code
  const schools: RoundSchool[] = []
  const needs: RoundNeed[] = []
  while (needs.length < count) {
    const school = aSchool(random, schools.length)
    schools.push(school)
    const wanted = random.sample(kindsFor('need').filter(isUsed), Math.min(random.between(1, 5), count - needs.length))
    for (const kind of wanted) needs.push(aNeed(random, needs.length, kind, school, particular))
  }
  const offers = supply(random, needs, { count: offerCount, particular, isUsed })
  return { schools, offers, needs, standing: [], policy: firstPolicy, today }
}

const numbered = (word: string, at: number): string => `${word}-${String(at).padStart(6, '0')}`

/** Mostly small, now and then very large. */
const heavyTailed = (random: SeededRandom, most: number): number =>
  Math.max(1, Math.min(most, Math.round(3 / Math.pow(1 - random.next(), 0.9))))

const populated = (() => {
  let sum = 0
  return municipalities.map((municipality) => ({ municipality, upTo: (sum += municipality.population2013) }))
})()

function aSchool(random: SeededRandom, at: number): RoundSchool {
  const drawn = random.next() * populated.at(-1)!.upTo
  const { municipality } = populated.find(({ upTo }) => upTo > drawn) ?? populated[0]!
  const equityIndex = random.next()
  // Drawn apart, so that a fact more does not change every instance.
  const facts = new SeededRandom(at + 1)
  return {
    id: numbered('school', at),
    name: `School ${at}`,
    authority: municipality.authority,
    municipality: random.chance(0.02) ? '' : municipality.slug,
    level: random.chance(0.02) ? null : random.chance(0.75) ? 'primary' : 'secondary',
    isBranch: random.chance(0.5),
    equityIndex,
    tier: (5 - Math.floor(equityIndex * 5)) as Tier,
    numStudents: 10 + Math.floor(facts.next() ** 3 * 800),
    factors: Object.fromEntries(factorNames.map((name) => [name, facts.next()])) as Factors,
    has: { electricity: random.chance(0.98), connectivity: random.chance(0.7), devices: random.chance(0.6) },
  }
}

function aNeed(random: SeededRandom, at: number, kind: Kind, school: RoundSchool, particular: number): RoundNeed {
  const spec = random.chance(particular) ? aSpecification(random, kind, 'need', 0.3) : {}
  return {
    id: numbered('need', at),
    schoolId: school.id,
    kind: kind.code,
    quantity: heavyTailed(random, 300),
    spec,
    urgency: random.pick([1, 2, 2, 3] as const),
    deadline: random.chance(0.3) ? random.pick(['2026-12-20', '2027-02-01', '2027-06-30', '2028-01-15']) : null,
    students: Math.ceil((school.numStudents ?? 0) * new SeededRandom(at + 1).next()),
    ranking: [],
    refused: [],
  }
}

interface Supply {
  readonly count: number
  readonly particular: number
  readonly isUsed: (kind: Kind) => boolean
}

/** Offers share out 30 to 120 % of what is asked for in their category. */
function supply(
  random: SeededRandom,
  needs: readonly RoundNeed[],
  { count, particular, isUsed }: Supply,
): RoundOffer[] {
  const made = kindsFor('offer').filter((kind) => kind.serves.length > 0 && isUsed(kind))
  const cover = new Map(made.map(({ category }) => [category, 0.3 + 0.9 * random.next()]))
  const drafts = Array.from({ length: count }, () => ({ kind: random.pick(made), weight: heavyTailed(random, 200) }))
  const asked = sumBy(
    needs,
    ({ kind }) => kind,
    ({ quantity }) => quantity,
  )
  const weights = sumBy(
    drafts,
    ({ kind }) => kind.serves.join(),
    ({ weight }) => weight,
  )
  return drafts.map(({ kind, weight }, at) => {
    const demand = kind.serves.reduce((sum, code) => sum + (asked.get(code) ?? 0), 0)
    const share = ((cover.get(kind.category) ?? 1) * weight) / (weights.get(kind.serves.join()) ?? 1)
    return anOffer(random, at, kind, Math.max(1, Math.round(demand * share)), particular)
  })
}

function sumBy<Item>(
  items: readonly Item[],
  key: (item: Item) => string,
  value: (item: Item) => number,
): Map<string, number> {
  const sums = new Map<string, number>()
  for (const item of items) sums.set(key(item), (sums.get(key(item)) ?? 0) + value(item))
  return sums
}

function anOffer(random: SeededRandom, at: number, kind: Kind, quantity: number, particular: number): RoundOffer {
  const lot = random.chance(0.3) ? random.between(2, 6) : null
  const company = random.between(1, Math.max(1, Math.ceil((at + 1) / 2)))
  return {
    id: numbered('offer', at),
    companyId: numbered('company', company),
    company: `Company ${company}`,
    kind: kind.code,
    quantity: Math.max(quantity, lot ?? 1),
    minPerSchool: lot,
    maxPerSchool: random.chance(0.5) ? random.between(6, 40) : null,
    territory: aTerritory(random),
    levels: random.chance(0.2) ? [random.pick(['primary', 'secondary'] as const)] : [],
    spec: random.chance(particular) ? aSpecification(random, kind, 'offer', 0.9) : {},
    validFrom: random.chance(0.05) ? '2027-01-15' : null,
    validTo: random.chance(0.5) ? (random.chance(0.03) ? '2026-11-01' : '2027-12-31') : null,
    leadDays: random.chance(0.7) ? random.between(0, 60) : null,
    wish: null,
  }
}

function aTerritory(random: SeededRandom): Territory {
  const drawn = random.next()
  if (drawn < 0.2) return { scope: 'national' }
  if (drawn < 0.7) return { scope: 'authorities', authorities: random.sample(authorityCodes, random.between(1, 6)) }
  const chosen = random.sample(municipalities, random.between(1, 12)).map(({ slug }) => slug)
  return { scope: 'municipalities', municipalities: chosen }
}

/** Needs ask for little of what could be asked, offers promise much: most pairs of a kind fit. */
function aSpecification(random: SeededRandom, kind: Kind, side: Side, share: number): Record<string, unknown> {
  const stated = dimensionsFor(kind.code, side).filter(
    (dimension) => dimension[side] === 'required' || random.chance(share),
  )
  return Object.fromEntries(stated.map((dimension) => [dimension.name, aValue(random, dimension, side)]))
}

function aValue(random: SeededRandom, dimension: Dimension, side: Side): unknown {
  switch (dimension.type) {
    case 'integer': {
      const middle = Math.min(dimension.max, dimension.min + Math.ceil((dimension.max - dimension.min) / 10))
      const generous = (side === 'offer') === (dimension.rule === 'at-least')
      return generous ? random.between(middle, dimension.max) : random.between(dimension.min, middle)
    }
    case 'yes-no':
      return random.chance(side === 'offer' ? 0.8 : 0.3)
    case 'choice':
      return random.pick(dimension.options)
    case 'choices':
      return random.sample(dimension.options, random.between(1, side === 'offer' ? dimension.options.length : 1))
  }
}
