import { aggregate } from './aggregate.js'
import { create, drop, dropDatabase, listCollections, listDatabases } from './collections.js'
import type { Command } from './command.js'
import { distinct } from './distinct.js'
import { explain } from './explain.js'
import { findAndModify } from './find-and-modify.js'
import { count, find, getMore, killCursors } from './find.js'
import { buildInfo, connectionStatus, getParameter, helloFor, ping, serverStatus } from './handshake.js'
import { createIndexes, dropIndexes, listIndexes } from './index-commands.js'
import { abortTransaction, commitTransaction, endSessions, refreshSessions, startSession } from './session-commands.js'
import { insert, remove, update } from './write.js'

const commands = {
  ...{ ping, buildInfo, buildinfo: buildInfo, connectionStatus, serverStatus, getParameter },
  ...{ insert, update, delete: remove, findAndModify, findandmodify: findAndModify },
  ...{ find, getMore, killCursors, count, distinct, aggregate, explain },
  ...{ create, drop, dropDatabase, listCollections, listDatabases, listIndexes, createIndexes, dropIndexes },
  ...{ startSession, endSessions, refreshSessions, commitTransaction, abortTransaction },
}

/** Every command that this server knows; anything else is answered with CommandNotFound. */
export function commandTable(address: string): ReadonlyMap<string, Command> {
  const hello = helloFor(address)
  return new Map<string, Command>(Object.entries({ ...commands, hello, isMaster: hello, ismaster: hello }))
}
