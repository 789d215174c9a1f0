import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import type { Command } from './commands/command.js'
import { Dispatcher } from './commands/dispatcher.js'
import { numberOf } from './documents.js'
import { Engine } from './engine/engine.js'
import { Housekeeping } from './engine/housekeeping.js'
import { ServerError } from './server-error.js'
import { claimFolder, leaveFolder } from './storage/owner.js'
import { LmdbStore } from './storage/store.js'
import { scramCommands } from './wire/scram.js'
import { WireServer, type Handler } from './wire/wire-server.js'

/** What the thread is started with, and what it answers. */
export interface WorkerOptions {
  readonly folder: string
  readonly durable: boolean
  /** A secret for a loopback port; without one a socket file in a private folder is used. */
  readonly secret?: string
  readonly user: string
}
export type WorkerMessage = { readonly listening: string } | { readonly failed: string } | { readonly closed: true }

const port = parentPort
if (port !== null) {
  start(workerData as WorkerOptions).then(
    ({ address, close }) => {
      port.once('message', () => {
        void close().finally(() => {
          port.postMessage({ closed: true } satisfies WorkerMessage)
        })
      })
      port.postMessage({ listening: address } satisfies WorkerMessage)
    },
    (error: unknown) => {
      port.postMessage({ failed: error instanceof Error ? error.message : String(error) } satisfies WorkerMessage)
    },
  )
}

async function start({ folder, durable, secret, user }: WorkerOptions) {
  const socketFolder = secret === undefined ? mkdtempSync(join(tmpdir(), 'spona-db-')) : undefined
  let handler: Handler | undefined
  const server = new WireServer((request, connection) => {
    if (handler === undefined) throw new ServerError(91, 'the server is starting')
    return handler(request, connection)
  }, secret !== undefined)
  const removeSocket = (): void => {
    if (socketFolder !== undefined) rmSync(socketFolder, { recursive: true, force: true })
  }
  try {
    const address = await server.listen(socketFolder && join(socketFolder, 'mongodb.sock'))
    const store = new LmdbStore(folder, { durable })
    removeStaleSocket((await claimFolder(store, address)).stale)
    const engine = new Engine(store)
    const housekeeping = new Housekeeping(engine)
    const more = new Map([
      ...(secret === undefined ? [] : scramCommands(user, secret)),
      ['setParameter', setParameter(housekeeping)] as const,
    ])
    handler = new Dispatcher(engine, address, more).handle
    const close = async (): Promise<void> => {
      housekeeping.stop()
      await server.close()
      leaveFolder(store)
      await engine.close()
      removeSocket()
    }
    return { address, close }
  } catch (error) {
    await server.close()
    removeSocket()
    throw error
  }
}

/** A process that was killed leaves its socket behind. */
function removeStaleSocket(address: string | undefined): void {
  if (address?.endsWith('mongodb.sock') === true) rmSync(dirname(address), { recursive: true, force: true })
}

const setParameter = (housekeeping: Housekeeping): Command => ({
  options: 'ttlMonitorSleepSecs',
  run({ body }) {
    const seconds = numberOf(body['ttlMonitorSleepSecs'])
    if (seconds === undefined || seconds <= 0)
      throw new ServerError(72, 'no option found to set, use help:true to see options')
    housekeeping.every(seconds)
    return { ok: 1 }
  },
})
