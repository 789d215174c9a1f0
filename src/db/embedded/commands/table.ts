import { aggregate } from './aggregate.js'
import { collMod, create, drop, dropDatabase, listCollections, listDatabases, renameCollection } from './collections.js'
import type { Command } from './command.js'
import { distinct } from './distinct.js'
import { explain } from './explain.js'
import { findAndModify } from './find-and-modify.js'
import { count, find, getMore, killCursors } from './find.js'
import {
  buildInfo,
  connectionStatus,
  getCmdLineOpts,
  getLog,
  getParameter,
  helloFor,
  hostInfo,
  ping,
  replSetGetStatus,
  serverStatus,
  whatsmyuri,
} from './handshake.js'
import { createIndexes, dropIndexes, listIndexes } from './index-commands.js'
import { abortTransaction, commitTransaction, endSessions, refreshSessions, startSession } from './session-commands.js'
import { insert, remove, update } from './write.js'

/** Every command that this server knows; anything else is answered with CommandNotFound. */
export function commandTable(address: string): ReadonlyMap<string, Command> {
  const hello = helloFor(address)
  return new Map<string, Command>(
    Object.entries({
      hello,
      isMaster: hello,
      ismaster: hello,
      ping,
      buildInfo,
      buildinfo: buildInfo,
      connectionStatus,
      serverStatus,
      getParameter,
      getLog,
      getCmdLineOpts,
      hostInfo,
      whatsmyuri,
      replSetGetStatus,
      insert,
      find,
      getMore,
      killCursors,
      update,
      delete: remove,
      findAndModify,
      findandmodify: findAndModify,
      count,
      distinct,
      aggregate,
      explain,
      create,
      drop,
      dropDatabase,
      listCollections,
      listDatabases,
      listIndexes,
      createIndexes,
      dropIndexes,
      collMod,
      renameCollection,
      startSession,
      endSessions,
      killSessions: endSessions,
      refreshSessions,
      commitTransaction,
      abortTransaction,
    }),
  )
}
