import type { KindCode } from '../catalogue/index.js'
import { devicesOf } from '../schools/index.js'
import type { Chance } from './chance.js'
import type { DemoUnit } from './demo-register.js'

/** Something that a unit could ask for. */
export interface Wish {
  readonly kind: KindCode
  readonly quantity: number
  readonly spec: Readonly<Record<string, unknown>>
  readonly students: number
  readonly teachers: number
  /** How often this kind is asked for, beside the others. */
  readonly weight: number
}

type Rule = (unit: Facts, chance: Chance) => Pick<Wish, 'quantity' | 'spec' | 'weight'> | null

interface Facts {
  readonly students: number
  readonly teachers: number
  readonly classrooms: number
  readonly devices: number
  readonly mbps: number
  readonly isOnline: boolean
  readonly isBranch: boolean
  readonly isRemote: boolean
  readonly withDisabilities: number
  readonly vulnerable: number
  readonly language: DemoUnit['language']
}

const some = (wanted: number, most: number, least = 1): number => Math.max(least, Math.min(most, Math.round(wanted)))
const tenth = (share: number): boolean => share < 0.1

const rules: Readonly<Partial<Record<KindCode, Rule>>> = {
  'CONN-WIRELESS': ({ isOnline, isRemote }, chance) =>
    isOnline || isRemote ? null : { quantity: 1, weight: 5, spec: { downMbps: chance.pick([5, 10, 20]), months: 24 } },
  'CONN-SAT': ({ isOnline, isRemote }) =>
    isOnline || !isRemote ? null : { quantity: 1, weight: 3, spec: { downMbps: 20, months: 24, installation: true } },
  'CONN-FIBRE': ({ isBranch, mbps, students }, chance) =>
    isBranch || mbps > 10
      ? null
      : { quantity: 1, weight: 3, spec: { downMbps: students > 300 ? 50 : 20, months: chance.pick([12, 24]) } },
  'CONN-LAN': ({ isBranch, classrooms, isOnline }) =>
    isBranch || !isOnline
      ? null
      : {
          quantity: some(classrooms / 3, 10, 2),
          weight: 2,
          spec: { wifiGeneration: 6, cabling: true, installation: true, rooms: classrooms },
        },
  'CONN-PUPIL': ({ vulnerable }) =>
    vulnerable < 12
      ? null
      : { quantity: some(vulnerable * 0.6, 45, 6), weight: 2, spec: { gbPerMonth: 10, months: 10 } },
  'SAFE-FILTER': ({ isBranch, isOnline }) =>
    isBranch || !isOnline ? null : { quantity: 1, weight: 1.5, spec: { months: 12 } },
  'DEV-LAPTOP': ({ devices, students, isBranch, language }, chance) =>
    devices > students * 0.08
      ? null
      : {
          quantity: some(isBranch ? students / 6 : students / 22, 24, 2),
          weight: 5,
          spec: {
            ramGb: 8,
            ...(language === 'sr' && chance.happens(0.4) ? { keyboard: ['cyrillic'] } : {}),
            ...(chance.happens(0.6) ? { refurbished: true } : {}),
            warrantyMonths: 12,
          },
        },
  'DEV-DESKTOP': ({ isBranch, devices, students }, chance) =>
    isBranch || devices > students * 0.07 || students < 60
      ? null
      : {
          quantity: some(students / 30, 20, 6),
          weight: 2.5,
          spec: { ramGb: 8, ...(chance.happens(0.5) ? { refurbished: true } : {}) },
        },
  'DEV-TABLET': ({ students, devices }) =>
    devices > students * 0.1
      ? null
      : {
          quantity: some(students / 5, 20, 5),
          weight: 2.5,
          spec: { screenInches: 10, chargingCabinet: students > 60 },
        },
  'DEV-BOARD': ({ isBranch, classrooms }, chance) =>
    isBranch
      ? null
      : {
          quantity: some(classrooms / 8, 3),
          weight: 2,
          spec: {
            boardType: chance.pick([
              ['projector'],
              ['interactive-display', 'interactive-board'],
              ['projector', 'interactive-display'],
            ]),
          },
        },
  'DEV-MICROBIT': ({ isBranch, students }) =>
    isBranch || students < 120
      ? null
      : { quantity: some(students / 25, 18, 6), weight: 1.5, spec: { kitType: ['microbit'], lessonPlans: true } },
  'DEV-PRINT': ({ isBranch }) =>
    isBranch ? null : { quantity: 1, weight: 1, spec: { printType: ['laser'], scanner: true } },
  'SW-OS': ({ devices }) =>
    devices < 8 ? null : { quantity: some(devices, 120, 8), weight: 1.5, spec: { licenceFor: ['office'] } },
  'SW-LMS': ({ isBranch, isOnline, devices }) =>
    isBranch || !isOnline || devices === 0
      ? null
      : { quantity: 1, weight: 1.5, spec: { platformFor: ['learning-platform'], months: 12 } },
  'SW-CONTENT': ({ language, devices }, chance) =>
    devices === 0
      ? null
      : {
          quantity: chance.between(2, 6),
          weight: 1.5,
          spec: { language: [language], gradeFrom: 2, gradeTo: 8, offline: true },
        },
  'AT-VISION': ({ withDisabilities }) =>
    withDisabilities < 8
      ? null
      : { quantity: some(withDisabilities / 20, 3), weight: 1.2, spec: { visionAid: ['screen-reader'] } },
  'AT-MOTOR': ({ withDisabilities, devices }) =>
    withDisabilities < 10 || devices === 0
      ? null
      : { quantity: some(withDisabilities / 25, 3), weight: 1, spec: { motorAid: ['keyboard', 'switch'] } },
  'AT-AAC': ({ withDisabilities, language }) =>
    withDisabilities < 6
      ? null
      : { quantity: some(withDisabilities / 12, 4), weight: 1.2, spec: { language: [language] } },
  'AT-HEARING': ({ withDisabilities }) =>
    withDisabilities < 12 ? null : { quantity: 1, weight: 0.8, spec: { hearingAid: ['fm-system'] } },
  'TRAIN-DIGI': ({ teachers, devices, language }) =>
    devices === 0
      ? null
      : {
          quantity: some(teachers / 3, 18, 2),
          weight: 2,
          spec: { hours: 12, language: [language], digCompEdu: ['2', '3'] },
        },
  'TRAIN-AT': ({ withDisabilities, teachers }) =>
    withDisabilities < 8
      ? null
      : { quantity: some(teachers / 6, 8, 2), weight: 1, spec: { hours: 8, topic: ['vision', 'communication'] } },
  'TRAIN-CODE': ({ isBranch, devices, teachers }) =>
    isBranch || devices < 10
      ? null
      : { quantity: some(teachers / 8, 6, 2), weight: 1, spec: { hours: 8, kitsIncluded: true } },
  MIL: ({ students }) =>
    students < 40 ? null : { quantity: some(students / 120, 4), weight: 1.5, spec: { audience: ['pupils'] } },
  SUPPORT: ({ devices }) =>
    devices < 12
      ? null
      : { quantity: some(devices / 6, 8, 2), weight: 1, spec: { supportType: ['it-help'], months: 10 } },
}

/** What a unit could ask for; central schools speak more often, branches for what they lack most. */
export function wishesOf(unit: DemoUnit, chance: Chance): Wish[] {
  const facts = factsOf(unit, chance)
  const wishes = Object.entries(rules).flatMap(([kind, rule]) => {
    const wish = rule(facts, chance)
    if (wish === null || (facts.isOnline && tenth(chance.next()))) return []
    const share = wish.weight >= 2 ? 1 : 0.6
    const [students, teachers] = [Math.ceil(facts.students * share), Math.ceil(facts.teachers * share)]
    return [{ kind: kind as KindCode, ...wish, students, teachers }]
  })
  return chance.shuffled(wishes).slice(0, facts.isBranch ? 2 : 4)
}

function factsOf({ facts, language }: DemoUnit, chance: Chance): Facts {
  return {
    students: facts.numStudents ?? 0,
    teachers: facts.numTeachers ?? 1,
    classrooms: facts.numClassrooms ?? 1,
    devices: devicesOf(facts) ?? 0,
    mbps: facts.downloadSpeedContracted ?? 0,
    isOnline: facts.connectivityGovt === true,
    isBranch: facts.parentSchoolIdGovt !== null,
    isRemote: facts.connectivityGovt === false && chance.happens(0.25),
    withDisabilities: facts.numStudentsWithDisabilities ?? 0,
    vulnerable: facts.numStudentsVulnerable ?? 0,
    language,
  }
}
