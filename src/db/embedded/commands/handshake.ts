import { Double, Int32, ObjectId, type Document } from 'bson'
import { ServerError } from '../server-error.js'
import type { Command } from './command.js'

const largestDocument = new Int32(16 * 1024 * 1024)
const electionId = new ObjectId('7fffffff0000000000000001')
/** The version whose behaviour is followed. */
const version = '7.0.0'

/** A replica set of one: without a set's name drivers allow neither transactions nor retryable writes. */
export const helloFor = (address: string): Command => ({
  options:
    'helloOk client compression loadBalanced saslSupportedMechs topologyVersion maxAwaitTimeMS backpressure speculativeAuthenticate',
  run: ({ connection, body, scope }) => ({
    helloOk: true,
    ismaster: true,
    isWritablePrimary: true,
    secondary: false,
    setName: 'spona',
    setVersion: new Int32(1),
    electionId,
    hosts: [address],
    me: address,
    primary: address,
    ...(body['saslSupportedMechs'] === undefined ? {} : { saslSupportedMechs: ['SCRAM-SHA-256'] }),
    maxBsonObjectSize: largestDocument,
    maxMessageSizeBytes: new Int32(48_000_000),
    maxWriteBatchSize: new Int32(100_000),
    localTime: scope.now,
    logicalSessionTimeoutMinutes: new Int32(30),
    connectionId: new Int32(connection.id),
    minWireVersion: new Int32(0),
    maxWireVersion: new Int32(21),
    readOnly: false,
    ok: 1,
  }),
})

export const ping: Command = { run: () => ({ ok: 1 }) }

export const buildInfo: Command = {
  run: () => ({
    version,
    versionArray: [7, 0, 0, 0].map((part) => new Int32(part)),
    storageEngines: ['lmdb'],
    bits: new Int32(64),
    maxBsonObjectSize: largestDocument,
    ok: 1,
  }),
}

export const connectionStatus: Command = {
  options: 'showPrivileges',
  run: () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] }, ok: 1 }),
}

export const serverStatus: Command = {
  run: ({ engine, scope }) => ({
    version,
    process: 'mongod',
    pid: new Int32(process.pid),
    uptime: new Double(process.uptime()),
    localTime: scope.now,
    storageEngine: { name: 'lmdb' },
    metrics: { cursor: { open: { total: new Int32(engine.cursors.size) } } },
    ok: 1,
  }),
}

const parameters: Document = {
  featureCompatibilityVersion: { version: '7.0' },
  authenticationMechanisms: ['SCRAM-SHA-256'],
}

export const getParameter: Command = {
  options: Object.keys(parameters).join(' '),
  run({ body }) {
    const wanted = Object.entries(parameters).filter(([name]) => body[name] !== undefined)
    if (wanted.length === 0) throw new ServerError(72, 'no option found to get')
    return { ...Object.fromEntries(wanted), ok: 1 }
  },
}
