import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { maxFrameBytes, readRequest, writeReply, type Reply, type Request } from './wire-message.js'

/** What is known of one client's connection. */
export interface Connection {
  readonly id: number
  /** Set once the client has proved that it knows the secret; connections over the private socket need none. */
  authenticated: boolean
  /** The conversation of an authentication under way. */
  conversation?: unknown
}

export type Handler = (request: Request, connection: Connection) => Promise<Reply>

/** Listens on a socket path, or on a loopback port when no path is given, and hands each request to the handler in order. */
export class WireServer {
  private readonly server: Server
  private readonly sockets = new Set<Socket>()
  private nextId = 1

  constructor(
    private readonly handler: Handler,
    private readonly needsSecret: boolean,
  ) {
    this.server = createServer({ noDelay: true }, (socket) => {
      this.accept(socket)
    })
  }

  async listen(path: string | undefined): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject)
      if (path === undefined) this.server.listen(0, '127.0.0.1', resolve)
      else this.server.listen(path, resolve)
    })
    return path ?? `127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve))
    for (const socket of this.sockets) socket.destroy()
    await closed
  }

  get connectionCount(): number {
    return this.sockets.size
  }

  private accept(socket: Socket): void {
    const connection: Connection = { id: this.nextId++, authenticated: !this.needsSecret }
    this.sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => this.sockets.delete(socket))
    let pending: Buffer[] = []
    let turn = Promise.resolve()
    socket.on('data', (chunk) => {
      pending.push(chunk)
      const { frames, rest } = cutFrames(pending)
      pending = rest
      if (frames === undefined) socket.destroy()
      for (const frame of frames ?? []) turn = turn.then(() => this.answer(frame, connection, socket))
    })
  }

  private async answer(frame: Buffer, connection: Connection, socket: Socket): Promise<void> {
    try {
      const request = readRequest(frame)
      if (request === undefined) throw new RangeError('not a message of this protocol')
      const reply = await this.handler(request, connection)
      if (request.silent || socket.destroyed) return
      const parts = writeReply(request, reply)
      socket.cork()
      for (const part of parts) socket.write(part)
      socket.uncork()
    } catch {
      socket.destroy()
    }
  }
}

/** Cuts whole frames off what has arrived; no frames at all (undefined) when the bytes cannot be MongoDB's protocol. */
function cutFrames(pending: Buffer[]): { readonly frames?: Buffer[]; readonly rest: Buffer[] } {
  const total = pending.reduce((sum, chunk) => sum + chunk.length, 0)
  const first = pending[0]
  if (first !== undefined && first.length >= 4 && total < first.readInt32LE(0)) {
    return first.readInt32LE(0) > maxFrameBytes ? { rest: [] } : { frames: [], rest: pending }
  }
  const bytes = pending.length === 1 && first !== undefined ? first : Buffer.concat(pending)
  const frames: Buffer[] = []
  let at = 0
  while (bytes.length - at >= 4) {
    const size = bytes.readInt32LE(at)
    if (size < 16 || size > maxFrameBytes) return { rest: [] }
    if (bytes.length - at < size) break
    frames.push(bytes.subarray(at, at + size))
    at += size
  }
  return { frames, rest: at < bytes.length ? [bytes.subarray(at)] : [] }
}
