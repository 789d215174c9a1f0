import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { readConfig } from '../config.js'
import { authorityCodes, authorityMeant } from '../features/authorities/index.js'
import type { Services } from '../services.js'
import { roles } from '../shared/actor.js'
import { locales } from '../shared/locale.js'
import { fold } from '../shared/text.js'
import { openServices } from '../start.js'
import { UnusableCall } from './call.js'

const help = `Usage: npm run cli -- account ACTION [options]

  account create --email ADDRESS --name NAME --role ROLE [--language LANGUAGE] [--password-stdin]
      ROLE is ${roles.join(', ')}.
      A company needs      --organisation NAME|ID
      A school needs       --school ID      the central school, by its id in the register
      A coordinator needs  --authority CODE[,CODE]
  account list
  account password --email ADDRESS [--password-stdin]
      sets a new password and signs the person out everywhere

Without --password-stdin a password is made up and printed, once.
With the embedded database (no MONGODB_URI), stop Spona first: one program at a time has the data open.
`

const options = {
  email: { type: 'string' },
  name: { type: 'string' },
  role: { type: 'string' },
  language: { type: 'string' },
  organisation: { type: 'string' },
  school: { type: 'string' },
  authority: { type: 'string' },
  'password-stdin': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

type Options = ReturnType<typeof parse>['values']
const parse = (args: readonly string[]) => parseArgs({ args: [...args], options, allowPositionals: true })

/** What is done once the database is open; everything typed has been checked before. */
type Action = (services: Services) => Promise<void>
const actions: Readonly<Record<string, (values: Options) => Action | Promise<Action>>> = {
  create,
  list: () => list,
  password,
}

/** Makes and keeps accounts on the database of the environment. Returns the exit code. */
export async function accountCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args)
  const [action = '', ...rest] = positionals
  if (values.help === true) {
    process.stdout.write(help)
    return 0
  }
  const prepare = Object.hasOwn(actions, action) ? actions[action] : undefined
  if (prepare === undefined) {
    throw new UnusableCall('account: say create, list or password; account --help lists the options.')
  }
  if (rest.length > 0) throw new UnusableCall(`account ${action}: what is ${rest.join(' ')}? Quote texts with spaces.`)
  const act = await prepare(values)
  const services = await openServices({ ...readConfig(), LOG_LEVEL: 'warn' })
  try {
    await act(services)
  } finally {
    await services.database.close()
  }
  return 0
}

async function create(values: Options): Promise<Action> {
  const given = {
    role: oneOf('--role', roles, required('--role', values.role)),
    email: address(values.email),
    name: required('--name', values.name),
    authorities: authoritiesOf(values),
    ...(values.language === undefined ? {} : { language: oneOf('--language', locales, values.language) }),
  }
  if (values.organisation !== undefined && values.school !== undefined) {
    throw new UnusableCall('account create: give --organisation or --school, not both.')
  }
  const typed = await typedPassword(values)
  return async (services) => {
    const organisation = await organisationOf(services, values)
    const chosen = typed === undefined ? {} : { password: typed }
    const { account, password } = await services.accounts.create({ ...given, organisation, ...chosen })
    process.stdout.write(`${account.email} can sign in as ${account.role}.\n`)
    if (typed === undefined) process.stdout.write(`Password: ${password}\n`)
  }
}

async function list(services: Services): Promise<void> {
  for (const { email, role, name, organisation, authorities, isClosed } of await services.accounts.list()) {
    const belonging = organisation ?? authorities.join(',')
    process.stdout.write(`${[email, role, name, belonging, isClosed ? 'closed' : 'open'].join('\t')}\n`)
  }
}

async function password(values: Options): Promise<Action> {
  const email = address(values.email)
  const typed = await typedPassword(values)
  return async (services) => {
    const set = await services.accounts.setPassword(email, typed)
    process.stdout.write(`${email} has a new password.\n`)
    if (typed === undefined) process.stdout.write(`Password: ${set}\n`)
  }
}

async function organisationOf(services: Services, { organisation, school }: Options): Promise<string | null> {
  if (organisation !== undefined) return companyNamed(services, organisation)
  if (school !== undefined) return centralSchool(services, school)
  return null
}

async function companyNamed(services: Services, given: string): Promise<string> {
  const found = (await services.organisations.companies()).filter(
    ({ id, name }) => id === given || fold(name) === fold(given),
  )
  const [company] = found
  if (company !== undefined && found.length === 1) return company.id
  throw new UnusableCall(
    found.length === 0 ? `There is no company ${given}.` : `There are several companies ${given}: give an id.`,
  )
}

async function centralSchool(services: Services, given: string): Promise<string> {
  const unit = (await services.schools.allUnits()).find(({ schoolIdGovt }) => schoolIdGovt === given)
  if (unit === undefined) throw new UnusableCall(`--school: the register has no unit ${given}.`)
  if (unit.isBranch) {
    throw new UnusableCall(
      `--school: ${given} is a branch of ${unit.parentSchoolIdGovt ?? ''}; its central school acts for it.`,
    )
  }
  return unit.id
}

function authoritiesOf({ authority }: Options): readonly string[] {
  const given = (authority ?? '').split(',').filter((code) => code.trim() !== '')
  return given.map((code) => {
    const meant = authorityMeant(code)
    if (meant === null) throw new UnusableCall(`--authority: ${code} is none of ${authorityCodes.join(', ')}.`)
    return meant
  })
}

function required(name: string, value: string | undefined): string {
  if (value === undefined || value.trim() === '') throw new UnusableCall(`account: ${name} is missing.`)
  return value.trim()
}

function address(given: string | undefined): string {
  const email = required('--email', given)
  if (!z.email().max(254).safeParse(email).success) throw new UnusableCall(`--email: ${email} is not an address.`)
  return email
}

function oneOf<Value extends string>(name: string, known: readonly Value[], given: string): Value {
  const value = known.find((candidate) => candidate === given)
  if (value === undefined) throw new UnusableCall(`${name}: ${given} is none of ${known.join(', ')}.`)
  return value
}

/** The first line of standard input, so that a password stands in no list of processes and in no history. */
async function typedPassword(values: Options): Promise<string | undefined> {
  if (values['password-stdin'] !== true) return undefined
  const [line = ''] = (await text(process.stdin)).split(/\r?\n/)
  if (line === '') throw new UnusableCall('--password-stdin: no password came through standard input.')
  return line
}
