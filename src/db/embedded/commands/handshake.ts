import { Double, Int32, Long, ObjectId, type Document } from 'bson'
import { ServerError } from '../server-error.js'
import type { Command } from './command.js'

const largestDocument = 16 * 1024 * 1024
const replicaSet = 'spona'
const electionId = new ObjectId('7fffffff0000000000000001')

/** A replica set of one: without a set's name drivers allow neither transactions nor retryable writes. */
export const helloFor = (address: string): Command => ({
  options: [
    'helloOk',
    'client',
    'compression',
    'loadBalanced',
    'saslSupportedMechs',
    'speculativeAuthenticate',
    'topologyVersion',
    'maxAwaitTimeMS',
    'hostInfo',
    'internalClient',
    'backpressure',
  ],
  run: ({ connection, name, body, now }) => ({
    helloOk: true,
    ...(name === 'hello' ? {} : { ismaster: true }),
    isWritablePrimary: true,
    secondary: false,
    setName: replicaSet,
    setVersion: new Int32(1),
    electionId,
    hosts: [address],
    me: address,
    primary: address,
    ...(body['saslSupportedMechs'] === undefined ? {} : { saslSupportedMechs: ['SCRAM-SHA-256'] }),
    maxBsonObjectSize: new Int32(largestDocument),
    maxMessageSizeBytes: new Int32(48_000_000),
    maxWriteBatchSize: new Int32(100_000),
    localTime: now,
    logicalSessionTimeoutMinutes: new Int32(30),
    connectionId: new Int32(connection.id),
    minWireVersion: new Int32(0),
    maxWireVersion: new Int32(21),
    readOnly: false,
    ok: 1,
  }),
})

export const ping: Command = { options: [], inTransaction: false, run: () => ({ ok: 1 }) }

/** The version whose behaviour is followed. */
const version = '7.0.0'

export const buildInfo: Command = {
  options: [],
  run: () => ({
    version,
    gitVersion: 'embedded',
    versionArray: [7, 0, 0, 0].map((part) => new Int32(part)),
    modules: [],
    storageEngines: ['lmdb'],
    bits: new Int32(64),
    debug: false,
    maxBsonObjectSize: new Int32(largestDocument),
    ok: 1,
  }),
}

export const connectionStatus: Command = {
  options: ['showPrivileges'],
  run: () => ({ authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] }, ok: 1 }),
}

export const serverStatus: Command = {
  options: ['repl', 'metrics', 'locks', 'wiredTiger', 'tcmalloc'],
  run: ({ engine, now }) => ({
    host: 'localhost',
    version,
    process: 'mongod',
    pid: Long.fromNumber(process.pid),
    uptime: new Double((now.getTime() - engine.startedAt.getTime()) / 1000),
    localTime: now,
    storageEngine: { name: 'lmdb' },
    metrics: { cursor: { open: { total: Long.fromNumber(engine.cursors.size) } } },
    ok: 1,
  }),
}

const parameters: Document = {
  featureCompatibilityVersion: { version: '7.0' },
  authenticationMechanisms: ['SCRAM-SHA-256'],
}

export const getParameter: Command = {
  options: Object.keys(parameters),
  run({ body }) {
    const wanted = Object.keys(parameters).filter((name) => body[name] !== undefined || body['getParameter'] === '*')
    if (wanted.length === 0) throw new ServerError(72, 'no option found to get')
    return { ...Object.fromEntries(wanted.map((name) => [name, parameters[name] as unknown])), ok: 1 }
  },
}

export const getLog: Command = { options: [], run: () => ({ totalLinesWritten: new Int32(0), log: [], ok: 1 }) }

export const getCmdLineOpts: Command = { options: [], run: () => ({ argv: ['mongod'], parsed: {}, ok: 1 }) }

export const hostInfo: Command = {
  options: [],
  run: ({ now }) => ({
    system: { currentTime: now, hostname: 'localhost' },
    os: { type: process.platform },
    extra: {},
    ok: 1,
  }),
}

export const whatsmyuri: Command = { options: [], run: ({ connection }) => ({ you: `local:${connection.id}`, ok: 1 }) }

export const replSetGetStatus: Command = {
  options: [],
  run: ({ now }) => ({
    set: replicaSet,
    date: now,
    myState: new Int32(1),
    members: [{ _id: new Int32(0), health: new Double(1), state: new Int32(1), stateStr: 'PRIMARY', self: true }],
    ok: 1,
  }),
}
