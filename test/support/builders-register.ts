import type { NewCompany } from '../../src/features/organisations/index.js'
import type { SchoolFacts } from '../../src/features/schools/index.js'

let made = 0

/** A central primary school in Bihać that lacks nothing and is like any other. */
export function aSchool(facts: Partial<SchoolFacts> = {}): SchoolFacts {
  made += 1
  return {
    schoolIdGovt: `OS-${made}`,
    schoolIdGiga: null,
    name: `Osnovna škola ${made}`,
    latitude: 44.81,
    longitude: 15.87,
    educationLevelGovt: 'Primary',
    level: 'primary',
    authority: 'USK',
    municipality: 'bihac',
    parentSchoolIdGovt: null,
    schoolAreaType: 'urban',
    numStudents: 300,
    numTeachers: 30,
    numClassrooms: 15,
    connectivityGovt: true,
    connectivityTypeGovt: 'fiber',
    downloadSpeedContracted: 20,
    electricityAvailability: true,
    numComputers: 30,
    numTablets: 0,
    teachersTrained: 10,
    anyTeacherTrained: true,
    numStudentsVulnerable: 30,
    numStudentsWithDisabilities: 6,
    specialEducation: false,
    languageOfInstruction: 'bs',
    ...facts,
  }
}

/** A technology company with a name of its own. */
export function aCompany(company: Partial<NewCompany> = {}): NewCompany {
  made += 1
  return {
    name: `Primjer ${made} d.o.o.`,
    kind: 'technology',
    place: 'Zenica',
    email: `skole-${made}@primjer.example`,
    website: null,
    ...company,
  }
}
