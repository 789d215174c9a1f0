import { Types, type Connection } from 'mongoose'
import { needModel } from '../../src/features/needs/index.js'
import { offerModel } from '../../src/features/offers/index.js'
import type { RoundInput, RoundSchool } from '../../src/features/planning/index.js'
import type { Services } from '../../src/services.js'
import { authorityCodes, municipalities } from '../../src/features/authorities/index.js'
import type { Territory } from '../../src/shared/territory.js'
import { aNeed, anOffer } from './builders-listings.js'
import { aCompany, aSchool } from './builders-register.js'

const atOnce = 500

async function insertAll(documents: readonly object[], insert: (some: readonly object[]) => Promise<unknown>) {
  for (let from = 0; from < documents.length; from += atOnce) await insert(documents.slice(from, from + atOnce))
}

/** Puts a seeded instance into the database: its schools into the register, its offers and needs published. */
export async function storeInstance(services: Services, input: RoundInput): Promise<void> {
  const { connection } = services.database
  const units = await storeSchools(services, input.schools)
  await storeOffers(services, connection, input)
  await insertAll(
    input.needs.map(({ schoolId, kind, quantity, spec, urgency, deadline, students }) => {
      const { id: _id, schoolUnitId: _unit, centralSchoolId: _central, ...need } = aNeed({ quantity })
      const unit = units.get(schoolId)
      if (unit === undefined) throw new RangeError(`No school ${schoolId}`)
      const { authority, municipality, tier } = unit
      return {
        ...need,
        ...{ kind, spec, urgency, deadline, authority, municipality, tier, words: [] },
        beneficiaries: { students, teachers: 0 },
        schoolUnitId: new Types.ObjectId(unit.id),
        centralSchoolId: new Types.ObjectId(unit.centralId),
      }
    }),
    (some) => needModel(connection).insertMany(some as never, { lean: true }),
  )
}

async function storeSchools({ schools }: Services, given: readonly RoundSchool[]) {
  const seats = new Map(municipalities.map((municipality) => [municipality.slug, municipality]))
  const facts = given.map((school) => {
    const { latitude, longitude } = seats.get(school.municipality) ?? { latitude: 43.85, longitude: 18.4 }
    return aSchool({
      ...{ schoolIdGovt: school.id, name: school.name, authority: school.authority as never, level: school.level },
      ...{ municipality: school.municipality, latitude, longitude, numStudents: school.numStudents ?? 100 },
      electricityAvailability: school.has.electricity,
      connectivityGovt: school.has.connectivity,
      numComputers: school.has.devices ? Math.round((1 - school.equityIndex) * 60) : 0,
      schoolAreaType: school.isBranch ? 'rural' : 'urban',
    })
  })
  await schools.register(facts)
  return new Map((await schools.allUnits()).map((unit) => [unit.schoolIdGovt, unit]))
}

async function storeOffers({ organisations }: Services, connection: Connection, { offers }: RoundInput): Promise<void> {
  const companies = new Map<string, string>()
  for (const { companyId, company } of offers) {
    if (!companies.has(companyId)) {
      companies.set(companyId, (await organisations.createCompany(aCompany({ name: company }))).id)
    }
  }
  await insertAll(
    offers.map((given) => {
      const { kind, quantity, minPerSchool, maxPerSchool, territory, levels, spec, validFrom, validTo, leadDays } =
        given
      const { id: _id, companyId: _company, ...offer } = anOffer({ quantity, title: given.id })
      return {
        ...offer,
        ...{ kind, minPerSchool, maxPerSchool, territory, levels, spec, leadDays: leadDays ?? 0, words: [] },
        reach: reachOf(territory),
        validFrom: validFrom ?? '2026-01-01',
        validTo: validTo ?? '2099-12-31',
        companyId: new Types.ObjectId(companies.get(given.companyId)),
      }
    }),
    (some) => offerModel(connection).insertMany(some as never, { lean: true }),
  )
}

function reachOf(territory: Territory): readonly string[] {
  if (territory.scope === 'national') return authorityCodes
  if (territory.scope === 'authorities') return territory.authorities
  const places = new Set(territory.municipalities)
  return [...new Set(municipalities.filter(({ slug }) => places.has(slug)).map(({ authority }) => authority))]
}
