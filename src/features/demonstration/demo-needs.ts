import { toCyrillic } from '../../shared/cyrillic.js'
import type { Locale } from '../../shared/locale.js'
import { needSpecification, type KindCode } from '../catalogue/index.js'
import type { NeedTerms } from '../needs/index.js'
import { devicesOf, type SchoolFacts } from '../schools/index.js'
import type { Chance } from './chance.js'
import { days, waves, wavesBefore, type Wave } from './demo-calendar.js'
import { wishesOf, type Wish } from './demo-wishes.js'
import type { DemoUnit } from './demo-register.js'
import reasons from './demo-reasons.json' with { type: 'json' }

export interface DemoNeed {
  /** Govt. ids of the unit, and of the central school that posts it. */
  readonly unit: string
  readonly central: string
  readonly terms: Omit<NeedTerms, 'schoolUnitId'>
  readonly wave: Wave
  readonly fate: 'open' | 'draft' | 'paused' | 'withdrawn'
}

/** So many needs there are in all, and in each state that is not open; one more draft is the shown school's. */
const total = 180
/** The authority whose coordinator and school sign in. */
export const shownAuthority = 'RS'

const fates = { draft: 9, paused: 6, withdrawn: 4 } as const
const shareOfWave: Readonly<Record<Wave, number>> = { 1: 0.2, 2: 0.2, 3: 0.22, 4: 0.38 }

/** What these units ask for, by what the register says they lack; the first of `chance` come first. */
export function demoNeeds(units: readonly DemoUnit[], today: string, chance: Chance): readonly DemoNeed[] {
  const wished = chance.shuffled(units).flatMap((unit) => wishesOf(unit, chance).map((wish) => ({ unit, wish })))
  const chosen = evenly(wished).slice(0, total)
  const made = chance.shuffled(chosen).map(({ unit, wish }, at): DemoNeed => {
    const wave = waveOf(at / total)
    return {
      unit: unit.facts.schoolIdGovt,
      central: unit.facts.parentSchoolIdGovt ?? unit.facts.schoolIdGovt,
      terms: termsOf(unit, wish, days(today, -wavesBefore[wave]), chance),
      wave,
      fate: fateOf(at),
    }
  })
  const last = made.findLastIndex(({ central }) => central === shownSchool(made))
  return made.map((need, at) => (at === last ? { ...need, fate: 'draft' } : need))
}

/** The central school of the shown authority that asks for most, its branches included. */
export function shownSchool(asked: readonly { readonly central: string }[]): string {
  const counts = new Map<string, number>()
  for (const { central } of asked) {
    if (central.startsWith(`DEMO-${shownAuthority}-`)) counts.set(central, (counts.get(central) ?? 0) + 1)
  }
  const [most] = [...counts].sort(([one, few], [other, more]) => more - few || one.localeCompare(other))
  return most?.[0] ?? ''
}

/** The first wish of every kind, then the second of every kind and so on: no kind crowds out the others. */
function evenly<Item extends { readonly wish: Wish }>(wished: readonly Item[]): Item[] {
  const seen = new Map<KindCode, number>()
  const placed = wished.map((item) => {
    const turn = seen.get(item.wish.kind) ?? 0
    seen.set(item.wish.kind, turn + 1)
    return { item, key: turn / item.wish.weight }
  })
  return placed.sort((one, other) => one.key - other.key).map(({ item }) => item)
}

function waveOf(share: number): Wave {
  let sum = 0
  return waves.find((wave) => (sum += shareOfWave[wave]) > share) ?? 4
}

/** Drafts are the newest ones; the others are spread over the years. */
function fateOf(at: number): DemoNeed['fate'] {
  if (at >= total - fates.draft) return 'draft'
  if (at % 27 === 5 && at / 27 < fates.paused) return 'paused'
  return at % 41 === 11 && at / 41 < fates.withdrawn ? 'withdrawn' : 'open'
}

function termsOf(unit: DemoUnit, wish: Wish, begun: string, chance: Chance): DemoNeed['terms'] {
  const locale = localeOf(unit)
  const variants = (
    reasons.needs as Readonly<Record<string, Readonly<Record<DemoUnit['language'], readonly string[]>>>>
  )[wish.kind]
  const reason = chance.pick(variants?.[unit.language] ?? [])
  return {
    kind: wish.kind,
    spec: needSpecification(wish.kind).parse(wish.spec),
    quantity: wish.quantity,
    urgency: urgencyOf(unit.facts, chance),
    deadline: chance.happens(0.45) ? days(begun, 330 + chance.between(0, 200)) : null,
    reason: locale === 'sr-Cyrl' ? toCyrillic(reason) : reason,
    beneficiaries: { students: wish.students, teachers: wish.teachers },
    locale,
  }
}

export const localeOf = ({ language, isCyrillic }: DemoUnit): Locale =>
  language === 'sr' ? (isCyrillic ? 'sr-Cyrl' : 'sr-Latn') : language

/** A unit without a line or without a device is in more of a hurry. */
function urgencyOf(facts: SchoolFacts, chance: Chance): 1 | 2 | 3 {
  const isBare = facts.connectivityGovt === false || devicesOf(facts) === 0
  if (chance.happens(isBare ? 0.5 : 0.12)) return 3
  return chance.happens(0.6) ? 2 : 1
}
