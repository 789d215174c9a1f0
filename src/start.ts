import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { createApp } from './app.js'
import type { Config } from './config.js'
import { openDatabase } from './db/connect.js'
import { createIndexes } from './db/indexes.js'
import { createServices, type Services } from './services.js'
import { resumePolicies } from './services/policy-services.js'
import { resumeRounds } from './services/round-services.js'
import { systemClock, type Clock } from './shared/clock.js'

/** Spona while it runs. */
export interface Running {
  readonly address: string
  /** Answers what was asked, then closes the database. */
  stop(): Promise<void>
}

/** For whoever makes data: another time, and no waiting for the disk. */
interface Making {
  readonly clock?: Clock
  readonly durable?: boolean
}

/** Opens the database and puts the services on it; whoever calls closes them with `closeServices`, or serves them. */
export async function openServices(config: Config, making: Making = {}): Promise<Services> {
  const { clock = systemClock, durable = true } = making
  const database = await openDatabase({ uri: config.MONGODB_URI, directory: config.DATA_DIR, durable })
  try {
    const services = createServices(config, database, { clock })
    await createIndexes(database.connection)
    return services
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Ends what the services still do, then closes the database. */
export async function closeServices(services: Services): Promise<void> {
  const { roundRunner, policyReplays, explanations, wishCosts, demand, jobs, database } = services
  policyReplays.stop()
  // First of all: a round that ends now is not to ask for anything more.
  await demand.stop()
  await Promise.all([explanations.stop(), wishCosts.stop()])
  await roundRunner.stop()
  await jobs.stop()
  await database.close()
}

/** Serves the application; both `npm start` and `npm run demo` come through here. */
export async function serve(services: Services): Promise<Running> {
  const { config } = services
  const isDemonstration = config.DEMONSTRATION || (await services.demonstration.state()) !== 'none'
  const server = createApp(services, { isDemonstration }).listen(config.PORT, config.HOST)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const address = `http://${config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST}:${port}`
  services.log.info(`Spona listens on ${address}`)
  await services.jobs.start()
  await resumeRounds(services)
  await services.demand.resume()
  await resumePolicies(services)
  return {
    address,
    async stop() {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      // Pages that are followed live never end by themselves.
      const impatience = setTimeout(() => {
        server.closeAllConnections()
      }, 2000)
      await closed
      clearTimeout(impatience)
      await closeServices(services)
    },
  }
}

/** Throws EADDRINUSE before any work is done in vain. */
export async function checkPort({ PORT, HOST }: Config): Promise<void> {
  const probe = createServer().listen(PORT, HOST)
  await once(probe, 'listening')
  probe.close()
  await once(probe, 'close')
}

/** Ctrl+C, or a stop by whoever runs Spona: everything is closed, then the process ends. */
export function stopOnSignal(running: Running): void {
  const stop = (): void => {
    void running.stop().finally(() => process.exit(0))
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}
