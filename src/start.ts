import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { createApp } from './app.js'
import type { Config } from './config.js'
import { openDatabase } from './db/connect.js'
import { createIndexes } from './db/indexes.js'
import { createServices, type Services } from './services.js'
import { systemClock, type Clock } from './shared/clock.js'

/** Spona while it runs. */
export interface Running {
  readonly address: string
  /** Answers what was asked, then closes the database. */
  stop(): Promise<void>
}

/** Opens the database and puts the services on it; whoever calls closes `services.database`. */
export async function openServices(config: Config, clock: Clock = systemClock): Promise<Services> {
  const database = await openDatabase({ uri: config.MONGODB_URI, directory: config.DATA_DIR })
  try {
    const services = createServices(config, database, { clock })
    await createIndexes(database.connection)
    return services
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Serves the application; both `npm start` and `npm run demo` come through here. */
export async function serve(services: Services): Promise<Running> {
  const { config, database } = services
  const isDemonstration = config.DEMONSTRATION || (await services.demonstration.state()) !== 'none'
  const server = createApp(services, { isDemonstration }).listen(config.PORT, config.HOST)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const address = `http://${config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST}:${port}`
  services.log.info(`Spona listens on ${address}`)
  await services.jobs.start()
  await services.rounds.resume()
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
      await services.roundRunner.stop()
      await services.jobs.stop()
      await database.close()
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
