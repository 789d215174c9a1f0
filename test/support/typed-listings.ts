import type { Browser } from './browse.js'
import type { TestApp } from './app.js'
import { aCompany, aSchool } from './builders-register.js'

type Typed = Readonly<Record<string, string | readonly string[]>>

/** What a company types into the form of a laptop offer: valid and dull. */
export const typedOffer = (about: Typed = {}): Typed => ({
  title: 'Laptops for lower classes',
  quantity: '20',
  'spec-ramGb': '8',
  locale: 'en',
  scope: 'national',
  'validFrom-day': '1',
  'validFrom-month': '12',
  'validFrom-year': '2026',
  'validTo-day': '31',
  'validTo-month': '8',
  'validTo-year': '2027',
  leadDays: '14',
  terms: 'gift',
  unitValue: '900',
  valueBasis: 'market-price',
  ...about,
})

/** What a school types into the form of a need for laptops: valid and dull. */
export const typedNeed = (unit: string, about: Typed = {}): Typed => ({
  schoolUnitId: unit,
  quantity: '10',
  reason: 'The classroom for informatics has five computers for thirty pupils.',
  students: '30',
  teachers: '2',
  urgency: '2',
  locale: 'en',
  ...about,
})

/** A new company and a person of it who has signed in. */
export async function companyPerson(app: TestApp): Promise<{ readonly person: Browser; readonly company: string }> {
  const { id } = await app.services.organisations.createCompany(aCompany())
  return { person: await app.signedIn('company', { organisation: id }), company: id }
}

export interface School {
  readonly person: Browser
  readonly central: string
  readonly branch: string
}

/** A central school with a branch, and a person who acts for both; facts of the central school may be given. */
export async function schoolPerson(app: TestApp, facts: Parameters<typeof aSchool>[0] = {}): Promise<School> {
  const central = aSchool(facts)
  const branch = aSchool({
    name: `Područna škola ${central.schoolIdGovt}`,
    authority: central.authority,
    municipality: central.municipality,
    parentSchoolIdGovt: central.schoolIdGovt,
    numStudents: 24,
  })
  await app.services.schools.register([central, branch])
  const units = await app.services.schools.allUnits()
  const idOf = (govt: string): string => units.find(({ schoolIdGovt }) => schoolIdGovt === govt)?.id ?? ''
  const organisation = idOf(central.schoolIdGovt)
  return {
    person: await app.signedIn('school', { organisation }),
    central: organisation,
    branch: idOf(branch.schoolIdGovt),
  }
}
