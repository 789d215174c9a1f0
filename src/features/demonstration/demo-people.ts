import { authorities } from '../authorities/index.js'
import type { Account, AccountService, NewAccount } from '../accounts/index.js'
import type { OrganisationService } from '../organisations/index.js'
import type { SchoolService, SchoolUnit } from '../schools/index.js'
import type { Actor, Role } from '../../shared/actor.js'
import type { Locale } from '../../shared/locale.js'
import type { Chance } from './chance.js'
import { personName } from './demo-names.js'
import { localeOf, shownAuthority } from './demo-needs.js'
import { demoCompanies } from './demo-offers.js'
import type { DemoUnit } from './demo-register.js'

/** Where the demonstration lets people in, and with which address; nobody else has a password. */
export const signIns: Readonly<Record<Role, string>> = {
  company: 'company@spona.example',
  school: 'school@spona.example',
  coordinator: 'coordinator@spona.example',
  'national-coordinator': 'national@spona.example',
  administrator: 'administrator@spona.example',
}

/** The company that signs in, by its place in `demoCompanies`. */
const shownCompany = 11

export interface Cast {
  readonly companies: readonly Actor[]
  /** By govt. id of the central school. */
  readonly schools: ReadonlyMap<string, Actor>
  readonly units: ReadonlyMap<string, SchoolUnit>
  /** By code of the authority. */
  readonly coordinators: ReadonlyMap<string, Actor>
  readonly national: Actor
}

/** The register, and the central school that signs in. */
interface Roll {
  readonly register: readonly DemoUnit[]
  readonly shown: string
}

interface Stage {
  readonly accounts: AccountService
  readonly organisations: OrganisationService
  readonly schools: SchoolService
}

/** Everybody who takes part: 22 companies, the register, an account for each organisation, 12 coordinators. */
export async function bringIn({ accounts, organisations, schools }: Stage, roll: Roll, chance: Chance): Promise<Cast> {
  const { register, shown } = roll
  // Names are drawn before anything is waited for: chance must not depend on what the disk does first.
  const names = Array.from({ length: 200 }, () => personName(chance))
  const enter = async (given: Omit<NewAccount, 'name' | 'password'>, name = names.pop() ?? ''): Promise<Actor> =>
    actorOf(await accounts.announce({ ...given, name }))

  await schools.register(register.map(({ facts }) => facts))
  const units = new Map((await schools.allUnits()).map((unit) => [unit.schoolIdGovt, unit]))
  await enter({ email: signIns.administrator, role: 'administrator' })
  const national = await enter({ email: signIns['national-coordinator'], role: 'national-coordinator' })
  const coordinators = await Promise.all(
    authorities.map(async ({ code }) => {
      const email = code === shownAuthority ? signIns.coordinator : `coordinator-${code.toLowerCase()}@spona.example`
      const language = languageFor(code)
      return [code, await enter({ email, role: 'coordinator', authorities: [code], language })] as const
    }),
  )
  const companies = await Promise.all(
    demoCompanies.map(async ({ language, ...company }, at) => {
      const name = names.pop()
      const { id } = await organisations.createCompany(company)
      const email = at === shownCompany ? signIns.company : `person-${company.email}`
      return enter({ email, role: 'company', organisation: id, language }, name)
    }),
  )
  const people = await Promise.all(
    register
      .filter(({ facts }) => facts.parentSchoolIdGovt === null)
      .map(async (central) => {
        const id = central.facts.schoolIdGovt
        const email = id === shown ? signIns.school : `${id.toLowerCase()}@spona.example`
        const organisation = units.get(id)?.id ?? ''
        return [id, await enter({ email, role: 'school', organisation, language: localeOf(central) })] as const
      }),
  )
  return { companies, schools: new Map(people), units, coordinators: new Map(coordinators), national }
}

const actorOf = ({ id, name, role, organisation, authorities: codes }: Account): Actor => ({
  id,
  name,
  role,
  organisation,
  authorities: new Set(codes),
})

const languageFor = (authority: string): Locale =>
  authority === 'RS' ? 'sr-Latn' : ['ZHK', 'HNK', 'PK', 'K10'].includes(authority) ? 'hr' : 'bs'
