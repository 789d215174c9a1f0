import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { createApp } from '../../src/app.js'
import { readConfig } from '../../src/config.js'
import { openDatabase } from '../../src/db/connect.js'
import { createIndexes } from '../../src/db/indexes.js'
import { needModel } from '../../src/features/needs/index.js'
import { offerModel } from '../../src/features/offers/index.js'
import { createServices } from '../../src/services.js'
import { roundInstance } from '../support/instances.js'
import { aNationalCoordinator } from '../support/round-scene.js'
import { storeInstance } from '../support/stored-instance.js'
import type { RoundMeasured } from './rounds.js'
import { watchTurns } from './thread-time.js'

// `rounds-server.js NEEDS OFFERS`, as a child with a channel: serves so many needs and offers, says where, and when told to
// go runs a round, changes one in a hundred needs and offers, and runs another one; tells of each what it took.

const [needs = 0, offers = 0] = process.argv.slice(2).map(Number)

const database = await openDatabase({ directory: null })
const config = readConfig({
  NODE_ENV: 'production',
  LOG_LEVEL: 'silent',
  SESSION_SECRET: 'a secret that is only for the bench',
})
const services = createServices(config, database)
await createIndexes(database.connection)
await services.policies.ensureFirst()
await storeInstance(services, roundInstance(1, { needs, offers }))
const [email, password] = ['bench@example.ba', 'a-long-enough-password'] as const
await services.accounts.create({ email, name: 'Bench', role: 'national-coordinator', password })
await services.jobs.start()

async function measured(): Promise<RoundMeasured> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  const [started, cpu] = [performance.now(), process.cpuUsage()]
  const turns = watchTurns()
  delay.enable()
  const { id } = await services.rounds.start(aNationalCoordinator(), '')
  let round = await services.rounds.read(id)
  let planned = started
  while (round.state === 'queued' || round.state === 'running') {
    await pause(100)
    if (['waiting', 'gathering', 'planning'].includes(round.progress.stage)) planned = performance.now()
    round = await services.rounds.read(id)
  }
  delay.disable()
  const own = turns()
  const { user, system } = process.cpuUsage(cpu)
  if (round.state !== 'finished') throw new Error(`The round ended as ${round.state}: ${round.failure?.key ?? ''}`)
  return {
    seconds: rounded((performance.now() - started) / 1000),
    storing_seconds: rounded((performance.now() - planned) / 1000),
    cpu_seconds: rounded((user + system) / 1e6),
    loop_p99_ms: rounded(delay.percentile(99) / 1e6),
    loop_max_ms: rounded(delay.max / 1e6),
    own_p99_ms: own.p99 === null ? null : rounded(own.p99),
    own_max_ms: own.max === null ? null : rounded(own.max),
    plans: round.plans.length,
    changes: round.changes,
  }
}

const rounded = (value: number): number => Math.round(value * 100) / 100

/** One in a hundred asks for, or offers, one unit less. */
async function changeSome(): Promise<void> {
  const { connection } = database
  for (const model of [needModel(connection), offerModel(connection)]) {
    const found = await (model as ReturnType<typeof needModel>).find({ available: { $gt: 1 } }, { _id: 1 }).lean()
    const some = found.filter((_, at) => at % 100 === 0).map(({ _id }) => _id)
    await (model as ReturnType<typeof needModel>).updateMany(
      { _id: { $in: some } },
      { $inc: { quantity: -1, available: -1 } },
    )
  }
}

process.on('message', (told) => {
  void (async () => {
    if (told === 'go') {
      const first = await measured()
      await changeSome()
      process.send?.({ first, second: await measured() })
    }
    if (told === 'end') {
      server.closeAllConnections()
      server.close()
      await services.roundRunner.stop()
      await services.jobs.stop()
      await database.close()
      process.exit(0)
    }
  })()
})
const server = createServer(createApp(services)).listen(0, '127.0.0.1', () => {
  process.send?.(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
