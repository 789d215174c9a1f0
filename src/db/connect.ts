import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createConnection, type Connection } from 'mongoose'
import { startEmbeddedDatabase } from './embedded/index.js'

/** The database as the application has it: a Mongoose connection, wherever it leads. */
export interface Database {
  readonly connection: Connection
  /** Throws when the database does not answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface DatabaseSettings {
  /** A MongoDB replica set; without it the embedded database is started. */
  readonly uri?: string | undefined
  /** Folder of the embedded database; null for a throw-away one. */
  readonly directory: string | null
  /** False only while data are made that can be made again; the embedded database then does not wait for the disk. */
  readonly durable?: boolean
}

const options = {
  autoIndex: false,
  autoCreate: false,
  serverSelectionTimeoutMS: 5000,
  bufferCommands: false,
} as const

/** Opens MongoDB or the embedded database. Throws when it cannot be reached, written, or is in use. */
export async function openDatabase({ uri, directory, durable = true }: DatabaseSettings): Promise<Database> {
  if (uri !== undefined) {
    const connection = await createConnection(uri, options).asPromise()
    return { connection, ping: () => ping(connection), close: () => connection.close() }
  }
  const embedded = await startEmbeddedDatabase(directory === null ? {} : { directory: folderOf(directory), durable })
  const connection = await createConnection(embedded.uri, options).asPromise()
  return {
    connection,
    ping: () => ping(connection),
    async close() {
      await connection.close()
      await embedded.close()
    },
  }
}

async function ping(connection: Connection): Promise<void> {
  await connection.db?.admin().ping()
}

function folderOf(directory: string): string {
  const folder = join(directory, 'database')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return folder
}
