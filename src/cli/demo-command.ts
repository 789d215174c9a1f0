import { randomInt } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { readConfig, type Config } from '../config.js'
import { playStory, signIns } from '../features/demonstration/index.js'
import type { Round } from '../features/rounds/index.js'
import type { Services } from '../services.js'
import { roles, type Role } from '../shared/actor.js'
import { dateInBosnia } from '../shared/clock.js'
import { checkPort, closeServices, openServices, serve, stopOnSignal } from '../start.js'
import { UnusableCall } from './call.js'

const help = `Usage: npm run demo

Starts Spona with made-up data in DATA_DIR (data/): a register, companies, offers, needs, past rounds and one with open
proposals. Whatever is changed afterwards stays; npm start goes on with it. Delete the folder to begin again.
`

/** Starts the server on made-up data, which are made first when there are none. Returns once it is listening. */
export async function demoCommand(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { help: { type: 'boolean', short: 'h' } } })
  if (values.help === true) {
    process.stdout.write(help)
    return 0
  }
  const given = readConfig()
  const config = { ...given, LOG_LEVEL: given.LOG_LEVEL === 'info' ? 'warn' : given.LOG_LEVEL } as const
  await checkPort(config)
  const isNew = await prepare(config)
  const services = await openServices(config)
  if (isNew) await services.demonstration.finish()
  const password = await passwordOf(services, config.DATA_DIR, isNew)
  const running = await serve(services)
  stopOnSignal(running)
  if ((await services.rounds.list()).items.length < roundsWithCurrent) await runCurrentRound(services)
  process.stdout.write(await welcome(services, running.address, password, config))
  return 0
}

/** Makes the data unless they are there; true when they are new. Throws UnusableCall for data that are somebody's own. */
async function prepare(config: Config): Promise<boolean> {
  const services = await openServices(config)
  try {
    const state = await services.demonstration.state()
    if (state === 'whole') return false
    if (state === 'none' && (await services.accounts.list()).length > 0) {
      throw new UnusableCall(
        `The database in ${config.MONGODB_URI ?? config.DATA_DIR} holds data of its own. Set DATA_DIR to another folder for the demonstration.`,
      )
    }
    await services.demonstration.begin()
  } finally {
    await closeServices(services)
  }
  process.stdout.write('Making a year of made-up data ...\n')
  await play(config)
  return true
}

/** Tells the story. It is not waited for the disk: what a power failure leaves half-made is made anew. */
async function play(config: Config): Promise<void> {
  let now = new Date()
  const services = await openServices(config, { clock: () => now, durable: false })
  const setNow = (at: Date): void => {
    now = at
  }
  try {
    await playStory({ ...services, setNow }, dateInBosnia(now))
  } finally {
    await closeServices(services)
  }
}

/** The three of the story, and the one of today. */
const roundsWithCurrent = 4

/** The round of today, done by the same job that does it for a coordinator. */
async function runCurrentRound({ rounds, accounts }: Services): Promise<void> {
  const national = (await accounts.list()).find(({ email }) => email === signIns['national-coordinator'])
  const actor = national === undefined ? null : await accounts.actor(national.id, national.version)
  if (actor === null) throw new Error('The national coordinator of the demonstration is missing')
  const { id } = await rounds.start(actor, 'Četvrti krug: prijedlozi koji čekaju odluku.')
  let round: Round
  do {
    await wait(50)
    round = await rounds.read(id)
  } while (round.state === 'queued' || round.state === 'running')
  if (round.state === 'failed') throw new Error(`The round failed: ${round.failure?.key ?? 'without a reason'}`)
}

const passwordWords = [
  'lipa',
  'most',
  'izvor',
  'breza',
  'zvono',
  'jedro',
  'kamen',
  'livada',
  'orah',
  'putokaz',
  'rosa',
  'splav',
  'zora',
  'mlin',
]

/** One password for the five accounts; kept beside the data, so that it is the same after a restart. */
async function passwordOf({ accounts }: Services, folder: string, isNew: boolean): Promise<string> {
  const file = join(folder, 'demo-password')
  if (!isNew && existsSync(file)) return readFileSync(file, 'utf8').trim()
  const words = Array.from({ length: 3 }, () => passwordWords[randomInt(passwordWords.length)] ?? '')
  const password = [...words, String(randomInt(1000, 10_000))].join('-')
  await Promise.all(Object.values(signIns).map((email) => accounts.setPassword(email, password)))
  writeFileSync(file, `${password}\n`, { mode: 0o600 })
  return password
}

const whatFor: Readonly<Record<Role, string>> = {
  coordinator: 'decides about the proposals of one authority',
  school: 'a central school with its branches and their needs',
  company: 'a company with its offers',
  'national-coordinator': 'sees everything and starts rounds',
  administrator: 'sees the register, rounds and the log',
}

async function welcome(services: Services, address: string, password: string, config: Config): Promise<string> {
  const { items } = await services.rounds.list()
  // A repair that followed it is about less than the country.
  const { number = 0, counts } = items.find(({ state, trigger }) => state === 'finished' && trigger === null) ?? {}
  const people = [...roles].sort((one, other) => order.indexOf(one) - order.indexOf(other))
  return [
    '',
    `Spona runs with made-up data: ${address}`,
    '',
    ...(counts === undefined || counts === null
      ? []
      : [`Round ${number} made ${counts.proposals} proposals; they wait for the coordinators.`, '']),
    ...people.map((role) => `  ${signIns[role].padEnd(32)}${whatFor[role]}`),
    '',
    `  Password of all five: ${password}`,
    '',
    `Ctrl+C stops it. The data stay in ${config.DATA_DIR}: npm start goes on with them; delete the folder to begin again.`,
    '',
  ].join('\n')
}

const order: readonly Role[] = ['coordinator', 'school', 'company', 'national-coordinator', 'administrator']
