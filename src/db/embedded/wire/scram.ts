import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'
import { Binary, Int32, type Document } from 'bson'
import type { Command } from '../commands/command.js'
import { ServerError } from '../server-error.js'
import type { Connection } from './wire-server.js'

const iterations = 15_000
const hmac = (key: Uint8Array, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/** What the server knows of the one user whose secret opens a port on the loopback address (RFC 5802, RFC 7677). */
interface Credential {
  readonly user: string
  readonly salt: Buffer
  readonly storedKey: Buffer
  readonly serverKey: Buffer
}

interface Conversation {
  readonly firstBare: string
  readonly serverFirst: string
  readonly nonce: string
}

function credentialOf(user: string, secret: string): Credential {
  const salt = randomBytes(28)
  const salted = pbkdf2Sync(secret, salt, iterations, 32, 'sha256')
  const storedKey = createHash('sha256').update(hmac(salted, 'Client Key')).digest()
  return { user, salt, storedKey, serverKey: hmac(salted, 'Server Key') }
}

/** `saslStart` and `saslContinue` for SCRAM-SHA-256 with one user. */
export function scramCommands(user: string, secret: string): ReadonlyMap<string, Command> {
  const credential = credentialOf(user, secret)
  const saslStart: Command = {
    options: 'mechanism payload autoAuthorize options db',
    run: ({ body, connection }) => {
      if (body['mechanism'] !== 'SCRAM-SHA-256') throw failed()
      return answer(start(credential, textOf(body['payload']), connection), false)
    },
  }
  const saslContinue: Command = {
    options: 'conversationId payload',
    run: ({ body, connection }) => answer(proceed(credential, textOf(body['payload']), connection), true),
  }
  return new Map(Object.entries({ saslStart, saslContinue }))
}

const textOf = (payload: unknown): string => (payload instanceof Binary ? Buffer.from(payload.value()).toString() : '')
const failed = (): ServerError => new ServerError(18, 'Authentication failed.')
const answer = (payload: string, done: boolean): Document => ({
  conversationId: new Int32(1),
  done,
  payload: new Binary(Buffer.from(payload)),
  ok: 1,
})

const attributesOf = (message: string): Map<string, string> =>
  new Map(message.split(',').map((part) => [part.slice(0, 1), part.slice(2)]))

function start({ user, salt }: Credential, message: string, connection: Connection): string {
  const firstBare = message.replace(/^n,[^,]*,/, '')
  const attributes = attributesOf(firstBare)
  const clientNonce = attributes.get('r')
  if (attributes.get('n') !== user || clientNonce === undefined) throw failed()
  const nonce = clientNonce + randomBytes(24).toString('base64')
  const serverFirst = `r=${nonce},s=${salt.toString('base64')},i=${iterations}`
  connection.conversation = { firstBare, serverFirst, nonce } satisfies Conversation
  return serverFirst
}

function proceed(credential: Credential, message: string, connection: Connection): string {
  const conversation = connection.conversation as Conversation | undefined
  connection.conversation = undefined
  const attributes = attributesOf(message)
  const proof = Buffer.from(attributes.get('p') ?? '', 'base64')
  if (conversation === undefined || attributes.get('r') !== conversation.nonce || proof.length !== 32) throw failed()
  const withoutProof = message.slice(0, message.lastIndexOf(',p='))
  const signed = `${conversation.firstBare},${conversation.serverFirst},${withoutProof}`
  const signature = hmac(credential.storedKey, signed)
  const clientKey = proof.map((byte, index) => byte ^ (signature[index] ?? 0))
  if (!timingSafeEqual(createHash('sha256').update(clientKey).digest(), credential.storedKey)) throw failed()
  connection.authenticated = true
  return `v=${hmac(credential.serverKey, signed).toString('base64')}`
}
