import { toCyrillic } from '../../shared/cyrillic.js'
import type { Level } from '../../shared/level.js'
import { municipalitiesOf, type AuthorityCode, type Municipality } from '../authorities/index.js'
import type { SchoolFacts } from '../schools/index.js'
import type { Chance } from './chance.js'
import { schoolNames, type SchoolNames } from './demo-names.js'
import totals from './demo-totals.json' with { type: 'json' }

/** A made-up unit with the language that its school writes in; the register does not derive it from the place. */
export interface DemoUnit {
  readonly facts: SchoolFacts
  readonly language: 'bs' | 'hr' | 'sr'
  readonly isCyrillic: boolean
}

type Totals = (typeof totals.authorities)[number]

/** How many of 100 made-up schools write in which language: an assumption of the demonstration, no statistics. */
const languages: Readonly<Record<string, Readonly<Record<DemoUnit['language'], number>>>> = {
  USK: { bs: 92, hr: 4, sr: 4 },
  PK: { bs: 20, hr: 76, sr: 4 },
  TK: { bs: 90, hr: 5, sr: 5 },
  ZDK: { bs: 86, hr: 10, sr: 4 },
  BPK: { bs: 96, hr: 2, sr: 2 },
  SBK: { bs: 54, hr: 44, sr: 2 },
  HNK: { bs: 48, hr: 48, sr: 4 },
  ZHK: { bs: 4, hr: 95, sr: 1 },
  KS: { bs: 90, hr: 6, sr: 4 },
  K10: { bs: 20, hr: 65, sr: 15 },
  RS: { bs: 10, hr: 4, sr: 86 },
  BD: { bs: 40, hr: 20, sr: 40 },
}

/** Means of a branch school: about 24 pupils, as the mapping of 2022 found. */
const pupilsOfBranch = 24

/** All units of the demonstration, central schools before their branches. */
export function demoRegister(chance: Chance): readonly DemoUnit[] {
  const names = schoolNames(chance)
  return totals.authorities.flatMap((authority) => unitsOf(authority, names, chance))
}

function unitsOf(total: Totals, names: SchoolNames, chance: Chance): DemoUnit[] {
  const realUnits = total.primaryUnits + total.secondarySchools
  const realBranches = total.primaryUnits - total.centralPrimarySchools
  const branches = Math.min(Math.round((total.demoUnits * realBranches) / realUnits), total.demoUnits - 1)
  const secondaries = Math.min(
    Math.round((total.demoUnits * total.secondarySchools) / realUnits),
    total.demoUnits - branches - 1,
  )
  const code = total.code as AuthorityCode
  const places = municipalitiesOf(code)
  const pupils = {
    primary: (total.primaryPupils - pupilsOfBranch * realBranches) / total.centralPrimarySchools,
    secondary: total.secondaryPupils / total.secondarySchools,
  }
  const centrals = Array.from({ length: total.demoUnits - branches }, (_, at): DemoUnit => {
    const level: Level = at < secondaries ? 'secondary' : 'primary'
    const place = chance.weighted(places, ({ population2013 }) => population2013)
    const id = `DEMO-${code}-${String(at + 1).padStart(3, '0')}`
    return central({ id, code, place, level, name: names[level](), students: chance.around(pupils[level]) }, chance)
  })
  const parents = centrals.filter(({ facts }) => facts.level === 'primary')
  const offline = Math.min(0.85, (total.unitsWithoutInternet / Math.max(1, realBranches)) * 0.99)
  const made = Array.from({ length: branches }, (_, at) => {
    const parent = parents[at % parents.length] ?? chance.pick(centrals)
    return branch(parent, { number: Math.floor(at / parents.length) + 1, name: names.branch(), offline }, chance)
  })
  return [...centrals, ...made]
}

interface Central {
  readonly id: string
  readonly code: AuthorityCode
  readonly place: Municipality
  readonly level: Level
  readonly name: string
  readonly students: number
}

function central({ id, code, place, level, name, students }: Central, chance: Chance): DemoUnit {
  const chosen = languages[code] ?? { bs: 1, hr: 1, sr: 1 }
  const language = chance.weighted(['bs', 'hr', 'sr'] as const, (one) => chosen[one])
  const isCyrillic = language === 'sr' && chance.happens(0.45)
  const isSpecial = level === 'primary' && chance.happens(0.04)
  const isUrban = place.population2013 > 20_000 && chance.happens(0.75)
  const pupils = isSpecial ? chance.between(28, 70) : students
  const hasFibre = chance.happens(isUrban ? 0.65 : 0.25)
  const facts: SchoolFacts = {
    ...located(place, chance.next() * (isUrban ? 2.5 : 6), chance),
    schoolIdGovt: id,
    schoolIdGiga: gigaId(chance),
    name: isCyrillic ? toCyrillic(name) : name,
    educationLevelGovt: level === 'primary' ? 'Primary' : 'Secondary',
    level,
    authority: code,
    municipality: place.slug,
    parentSchoolIdGovt: null,
    schoolAreaType: isUrban ? 'urban' : 'rural',
    ...people(pupils, isSpecial, chance),
    numClassrooms: Math.max(4, Math.round(pupils / 28)),
    connectivityGovt: true,
    connectivityTypeGovt: hasFibre ? 'fiber' : chance.pick(['xdsl', 'xdsl', 'p2mp wireless', 'copper'] as const),
    downloadSpeedContracted: hasFibre ? chance.pick([20, 30, 50, 100]) : chance.pick([4, 6, 8, 10, 16]),
    electricityAvailability: true,
    numComputers: Math.round(pupils * (0.03 + chance.next() * 0.09)),
    numTablets: chance.happens(0.3) ? chance.between(4, 26) : 0,
    specialEducation: isSpecial,
    languageOfInstruction: language,
  }
  return { facts, language, isCyrillic }
}

interface Branch {
  readonly number: number
  readonly name: string
  /** Share of branches without internet. */
  readonly offline: number
}

function branch(parent: DemoUnit, { number, name, offline }: Branch, chance: Chance): DemoUnit {
  const place = municipalitiesOf(parent.facts.authority).find(({ slug }) => slug === parent.facts.municipality)
  if (place === undefined) throw new RangeError(`No place for ${parent.facts.schoolIdGovt}`)
  const pupils = Math.max(3, chance.around(pupilsOfBranch))
  const isOffline = chance.happens(offline)
  const slow = chance.pick([2, 4, 4, 6, 8])
  const facts: SchoolFacts = {
    ...parent.facts,
    ...located(place, 3 + chance.next() * 15, chance),
    schoolIdGovt: `${parent.facts.schoolIdGovt}-${number}`,
    schoolIdGiga: gigaId(chance),
    name: parent.isCyrillic ? toCyrillic(name) : name,
    parentSchoolIdGovt: parent.facts.schoolIdGovt,
    schoolAreaType: 'rural',
    ...people(pupils, false, chance),
    numClassrooms: chance.between(1, 4),
    connectivityGovt: !isOffline,
    connectivityTypeGovt: isOffline ? null : chance.pick(['xdsl', 'cellular', 'copper'] as const),
    downloadSpeedContracted: isOffline ? null : slow,
    electricityAvailability: chance.happens(0.97),
    numComputers: chance.happens(0.45) ? 0 : chance.between(1, 3),
    numTablets: 0,
    specialEducation: false,
  }
  return { ...parent, facts }
}

/** Counts of people: never anything about one of them. */
function people(students: number, isSpecial: boolean, chance: Chance) {
  const trained = chance.happens(0.7) ? Math.round((students / 14) * chance.next() * 0.6) : null
  return {
    numStudents: students,
    numTeachers: Math.max(1, Math.round(students / (isSpecial ? 4 : 13))),
    teachersTrained: trained,
    anyTeacherTrained: trained === null ? null : trained > 0,
    numStudentsVulnerable: chance.happens(0.9) ? Math.round(students * chance.next() ** 2 * 0.55) : null,
    numStudentsWithDisabilities: isSpecial ? students : Math.round(students * chance.next() * 0.07),
  }
}

/** A point so many kilometres from the seat of the municipality, in some direction. */
function located({ latitude, longitude }: Municipality, kilometres: number, chance: Chance) {
  const direction = chance.next() * 2 * Math.PI
  const rounded = (degrees: number): number => Math.round(degrees * 1e5) / 1e5
  return {
    latitude: rounded(latitude + (Math.sin(direction) * kilometres) / 111.2),
    longitude: rounded(longitude + (Math.cos(direction) * kilometres) / (111.2 * Math.cos((latitude * Math.PI) / 180))),
  }
}

/** Shaped as Giga's ids are. */
function gigaId(chance: Chance): string {
  const hex = (length: number): string => Array.from({ length }, () => chance.between(0, 15).toString(16)).join('')
  return `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`
}
