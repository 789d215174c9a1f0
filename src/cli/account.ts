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
  authority: { type: 'string' },
  'password-stdin': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

type Options = ReturnType<typeof parse>['values']
const parse = (args: readonly string[]) => parseArgs({ args: [...args], options, allowPositionals: true })

const actions = { create, list, password } as const

/** Makes and keeps accounts on the database of the environment. Returns the exit code. */
export async function accountCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args)
  const [action, ...rest] = positionals
  if (values.help === true) {
    process.stdout.write(help)
    return 0
  }
  if (action !== 'create' && action !== 'list' && action !== 'password') {
    throw new UnusableCall('account: say create, list or password; account --help lists the options.')
  }
  if (rest.length > 0) throw new UnusableCall(`account ${action}: what is ${rest.join(' ')}? Quote texts with spaces.`)
  const config = readConfig()
  const services = await openServices({ ...config, LOG_LEVEL: 'warn' })
  try {
    await actions[action](services, values)
  } finally {
    await services.database.close()
  }
  return 0
}

async function create(services: Services, values: Options): Promise<void> {
  const typed = await typedPassword(values)
  const role = oneOf('--role', roles, required('--role', values.role))
  const { account, password } = await services.accounts.create({
    email: address(values.email),
    name: required('--name', values.name),
    role,
    organisation: await organisationOf(services, values),
    authorities: authoritiesOf(values),
    ...(values.language === undefined ? {} : { language: oneOf('--language', locales, values.language) }),
    ...(typed === undefined ? {} : { password: typed }),
  })
  process.stdout.write(`${account.email} can sign in as ${account.role}.\n`)
  if (typed === undefined) process.stdout.write(`Password: ${password}\n`)
}

async function list(services: Services): Promise<void> {
  for (const { email, role, name, organisation, authorities, isClosed } of await services.accounts.list()) {
    const belonging = organisation ?? authorities.join(',')
    process.stdout.write(`${[email, role, name, belonging, isClosed ? 'closed' : 'open'].join('\t')}\n`)
  }
}

async function password(services: Services, values: Options): Promise<void> {
  const email = address(values.email)
  const typed = await typedPassword(values)
  const set = await services.accounts.setPassword(email, typed)
  process.stdout.write(`${email} has a new password.\n`)
  if (typed === undefined) process.stdout.write(`Password: ${set}\n`)
}

async function organisationOf(services: Services, { organisation }: Options): Promise<string | null> {
  return organisation === undefined ? null : companyNamed(services, organisation)
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
