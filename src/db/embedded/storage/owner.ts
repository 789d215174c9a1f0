import { connect } from 'node:net'
import type { Store } from './store.js'

const ownerKey = Buffer.from('owner')

interface Owner {
  readonly pid: number
  readonly address: string
}

/** One process owns a database folder: the one that is written into it, as long as it lives and answers. */
export async function claimFolder(store: Store, address: string): Promise<{ readonly stale?: string }> {
  const found = readOwner(store)
  const stale = found.owner
  if (stale !== undefined && isAlive(stale.pid) && (await answers(stale.address))) throw new FolderHeldError(stale.pid)
  const value = Buffer.from(JSON.stringify({ pid: process.pid, address } satisfies Owner))
  const taken = store.exchange(ownerKey, found.bytes, value)
  if (!taken) throw new FolderHeldError(readOwner(store).owner?.pid ?? 0)
  return stale === undefined ? {} : { stale: stale.address }
}

export const leaveFolder = (store: Store): void => {
  store.commit([{ table: 'meta', key: ownerKey, value: null }])
}

export class FolderHeldError extends Error {
  constructor(pid: number) {
    super(`another process (${pid}) is using it`)
  }
}

function readOwner(store: Store): { readonly bytes?: Buffer; readonly owner?: Owner } {
  const bytes = store.get('meta', ownerKey)
  return bytes === undefined ? {} : { bytes, owner: JSON.parse(bytes.toString()) as Owner }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function answers(address: string): Promise<boolean> {
  const [host, port] = address.split(':')
  const socket = port !== undefined && host === '127.0.0.1' ? connect(Number(port), host) : connect(address)
  return new Promise((resolve) => {
    socket.once('connect', () => {
      resolve(true)
      socket.destroy()
    })
    socket.once('error', () => {
      resolve(false)
    })
  })
}
