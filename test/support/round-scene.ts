import { Types } from 'mongoose'
import type { SchoolFacts, SchoolUnit } from '../../src/features/schools/index.js'
import type { Need } from '../../src/features/needs/index.js'
import type { Offer } from '../../src/features/offers/index.js'
import type { Services } from '../../src/services.js'
import type { Actor } from '../../src/shared/actor.js'
import type { TestApp } from './app.js'
import { aNeed, anOffer } from './builders-listings.js'
import { aCompany, aSchool } from './builders-register.js'
import { store } from './stored-listings.js'

/** Registers a school unit; gives it as the register keeps it. */
export async function registerSchool({ schools }: Services, facts: Partial<SchoolFacts> = {}): Promise<SchoolUnit> {
  const school = aSchool(facts)
  await schools.register([school])
  const found = (await schools.allUnits()).find(({ schoolIdGovt }) => schoolIdGovt === school.schoolIdGovt)
  if (found === undefined) throw new Error(`Not registered: ${school.schoolIdGovt}`)
  return found
}

/** Stores a published need of this school unit; gives its id. */
export const storeNeedOf = ({ database }: TestApp, unit: SchoolUnit, facts: Partial<Need> = {}): Promise<string> => {
  const { authority, municipality, tier } = unit
  const place = { schoolUnitId: unit.id, centralSchoolId: unit.centralId, authority, municipality, tier }
  return store(database.connection, aNeed({ ...place, ...facts }))
}

/** Stores a published offer of a company of its own; gives its id. */
export async function storeOfferOfCompany(
  { database, services }: TestApp,
  facts: Partial<Offer> = {},
): Promise<string> {
  const { id } = await services.organisations.createCompany(aCompany())
  return store(database.connection, anOffer({ companyId: id, ...facts }))
}

export const aCoordinator = (...authorities: string[]): Actor => ({
  id: new Types.ObjectId().toHexString(),
  name: 'Amra',
  role: 'coordinator',
  organisation: null,
  authorities: new Set(authorities.length === 0 ? ['USK'] : authorities),
})

export const aNationalCoordinator = (): Actor => ({
  ...aCoordinator(),
  name: 'Nada',
  role: 'national-coordinator',
  authorities: new Set(),
})

/** Runs a round from beginning to end, here and now, for the whole country unless told otherwise; gives its id. */
export async function runRoundNow({ rounds, roundRunner }: Services, by = aNationalCoordinator()): Promise<string> {
  const { id } = await rounds.start(by, '')
  await roundRunner.perform(id)
  return id
}
