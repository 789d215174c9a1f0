import type { AddressInfo } from 'node:net'
import { createApp } from './app.js'
import { readConfig } from './config.js'
import { openDatabase } from './db/connect.js'
import { createIndexes } from './db/indexes.js'
import { createServices } from './services.js'
import { sentenceOf } from './start-failure.js'

try {
  const config = readConfig()
  const database = await openDatabase({ uri: config.MONGODB_URI, directory: config.DATA_DIR })
  const services = createServices(config, database)
  await createIndexes(database.connection)
  const server = createApp(services).listen(config.PORT, config.HOST)
  await new Promise<void>((resolve, reject) => {
    server.once('listening', resolve)
    server.once('error', reject)
  })
  const { port } = server.address() as AddressInfo
  services.log.info(`Spona listens on http://${config.HOST}:${port}`)

  const stop = (): void => {
    server.close(() => {
      void database.close().then(() => process.exit(0))
    })
    server.closeAllConnections()
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`)
  process.exit(1)
}
