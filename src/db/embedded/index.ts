import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { access, constants, mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { WorkerMessage, WorkerOptions } from './worker.js'

const userName = 'spona'

export interface EmbeddedDatabase {
  /** A MongoDB connection string, for any MongoDB client of this machine and user. */
  readonly uri: string
  /** Finishes what is being written and lets the folder go; a throw-away database is gone then. */
  close(): Promise<void>
}

/** The database cannot start; the message is a plain sentence for the person who started it. */
export class EmbeddedDatabaseError extends Error {
  override readonly name = 'EmbeddedDatabaseError'
}

export interface EmbeddedDatabaseOptions {
  /** Where data lives; null or absent: a throw-away database in a temporary folder, without fsync, removed on close. */
  readonly directory?: string | null
  /** False: writes reach the disk when the system likes, for data that can be made again. A kept folder is durable otherwise. */
  readonly durable?: boolean
  readonly databaseName?: string
  /** How clients reach it: a socket file, or a loopback port with a secret where there are no socket files (Windows). */
  readonly transport?: 'socket' | 'port'
}

/** Starts a MongoDB-compatible database in a thread of this process. */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions = {}): Promise<EmbeddedDatabase> {
  const { databaseName = 'spona', transport = process.platform === 'win32' ? 'port' : 'socket' } = options
  const directory = options.directory ?? undefined
  const durable = options.durable ?? directory !== undefined
  const folder = directory === undefined ? await mkdtemp(join(tmpdir(), 'spona-data-')) : resolve(directory)
  if (directory !== undefined) await prepareFolder(folder)
  const secret = transport === 'port' ? { secret: randomBytes(24).toString('base64url') } : {}
  const leftovers = directory === undefined ? [folder] : []
  const removeLeftovers = (): void => {
    process.off('exit', removeLeftovers)
    for (const path of leftovers) rmSync(path, { recursive: true, force: true })
  }
  process.once('exit', removeLeftovers)
  try {
    const running = await startWorker({ folder, durable, user: userName, ...secret })
    if (transport === 'socket') leftovers.push(dirname(running.address))
    return { uri: uriOf(running.address, databaseName, secret.secret), close: once(running.stop, removeLeftovers) }
  } catch (error) {
    removeLeftovers()
    const reason = error instanceof Error ? error.message : String(error)
    throw new EmbeddedDatabaseError(`The database folder ${folder} cannot be opened: ${reason}.`)
  }
}

async function prepareFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new EmbeddedDatabaseError(`The database folder ${folder} cannot be written to: ${reason}.`)
  }
}

function once(stop: () => Promise<void>, afterwards: () => void): () => Promise<void> {
  let closing: Promise<void> | undefined
  return () => (closing ??= stop().then(afterwards))
}

interface Running {
  readonly address: string
  readonly stop: () => Promise<void>
}

function startWorker(options: WorkerOptions): Promise<Running> {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: options })
  const exited = new Promise<void>((done) =>
    worker.once('exit', () => {
      done()
    }),
  )
  const stop = async (): Promise<void> => {
    worker.ref()
    worker.postMessage('close')
    await new Promise((done) => worker.once('message', done))
    await worker.terminate()
    await exited
  }
  return new Promise((started, failed) => {
    worker.once('error', failed)
    worker.once('message', (message: WorkerMessage) => {
      if ('listening' in message) {
        // From here on a failure of the thread is a failure of the process.
        worker.off('error', failed)
        worker.unref()
        started({ address: message.listening, stop })
      } else
        void worker.terminate().then(() => {
          failed(new Error('failed' in message ? message.failed : 'it closed'))
        })
    })
  })
}

function uriOf(address: string, databaseName: string, secret: string | undefined): string {
  if (secret === undefined) return `mongodb://${encodeURIComponent(address)}/${databaseName}?directConnection=true`
  return `mongodb://${userName}:${secret}@${address}/${databaseName}?directConnection=true&authMechanism=SCRAM-SHA-256&authSource=admin`
}
