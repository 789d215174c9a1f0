import { BSON, Long } from 'bson'
import { decode, encode, type Document } from '../documents.js'

/** Frame sizes and codes of MongoDB's wire protocol (mongodb.com/docs/manual/reference/mongodb-wire-protocol). */
export const maxFrameBytes = 48_000_000
const headerBytes = 16
const opReply = 1
const opQuery = 2004
const opMsg = 2013
const checksumPresent = 1
const moreToCome = 2

export interface Request {
  readonly requestId: number
  readonly legacy: boolean
  /** The client wants no answer (an unacknowledged write). */
  readonly silent: boolean
  readonly body: Document
  /** Documents to write, raw: from a section of their own or from the body's `documents`. */
  readonly documents: readonly Uint8Array[]
}

/** A page of documents that goes into `cursor` as it is stored, without decoding. */
export interface Batch {
  readonly name: 'firstBatch' | 'nextBatch'
  readonly documents: readonly Uint8Array[]
  readonly cursorId: Long
  readonly namespace: string
}

export interface Reply {
  readonly document: Document
  readonly batch?: Batch
}

/** Reads one whole frame; undefined when it is not a message that this server speaks. */
export function readRequest(frame: Buffer): Request | undefined {
  const requestId = frame.readInt32LE(4)
  const code = frame.readInt32LE(12)
  if (code === opQuery) return { requestId, legacy: true, silent: false, body: readQuery(frame), documents: [] }
  if (code !== opMsg) return undefined
  const flags = frame.readUInt32LE(headerBytes)
  const end = frame.length - (flags & checksumPresent ? 4 : 0)
  return { requestId, legacy: false, silent: (flags & moreToCome) !== 0, ...readSections(frame, headerBytes + 4, end) }
}

function readQuery(frame: Buffer): Document {
  const name = headerBytes + 4
  const start = frame.indexOf(0, name) + 1 + 8
  const body = decode(frame.subarray(start, start + frame.readInt32LE(start)))
  return { ...body, $db: frame.toString('utf8', name, start - 9).replace(/\.\$cmd$/, '') }
}

function readSections(frame: Buffer, start: number, end: number): Pick<Request, 'body' | 'documents'> {
  let body: Document = {}
  let documents: readonly Uint8Array[] = []
  for (let at = start; at < end;) {
    const kind = frame.readUInt8(at)
    const size = frame.readInt32LE(at + 1)
    if (size < 5 || kind > 1) throw new RangeError('broken section')
    const section = frame.subarray(at + 1, at + 1 + size)
    if (kind === 0) {
      const split = splitBody(section)
      body = { ...decode(split.rest), ...body }
      if (split.documents !== undefined) documents = split.documents
    } else {
      const name = section.toString('utf8', 4, section.indexOf(0, 4))
      const content = rawDocuments(section, 4 + Buffer.byteLength(name) + 1)
      if (name === 'documents') documents = content
      else body[name] = content.map((document) => decode(document))
    }
    at += 1 + size
  }
  return { body, documents }
}

function rawDocuments(section: Buffer, start: number): Uint8Array[] {
  const found: Uint8Array[] = []
  for (let at = start; at < section.length;) {
    const size = section.readInt32LE(at)
    if (size < 5) throw new RangeError('broken document')
    found.push(section.subarray(at, at + size))
    at += size
  }
  return found
}

/** Takes `documents` out of an insert's body, so that they are not decoded before they are needed. */
function splitBody(body: Buffer): { readonly rest: Uint8Array; readonly documents?: readonly Uint8Array[] } {
  const first = body.toString('latin1', 5, body.indexOf(0, 5))
  if (first !== 'insert') return { rest: body }
  const arrayType = 4
  for (const [type, nameAt, nameLength, at, length] of BSON.onDemand.parseToElements(body)) {
    if (type !== arrayType || body.toString('latin1', nameAt, nameAt + nameLength) !== 'documents') continue
    const content = body.subarray(at, at + length)
    const documents = [...BSON.onDemand.parseToElements(content)].map((element) => elementDocument(content, element))
    const rest = Buffer.concat([body.subarray(0, nameAt - 1), body.subarray(at + length)])
    rest.writeInt32LE(rest.length, 0)
    return { rest, documents }
  }
  return { rest: body }
}

function elementDocument(
  content: Buffer,
  [type, , , at, length]: readonly [number, number, number, number, number],
): Uint8Array {
  const documentType = 3
  if (type !== documentType) throw new RangeError('not a document')
  return content.subarray(at, at + length)
}

export function writeReply(request: Request, reply: Reply): Uint8Array[] {
  const body = reply.batch === undefined ? [encode(reply.document)] : encodeBatch(reply.document, reply.batch)
  const prefix = Buffer.alloc(request.legacy ? headerBytes + 20 : headerBytes + 5)
  prefix.writeInt32LE(
    body.reduce((total, part) => total + part.length, prefix.length),
    0,
  )
  prefix.writeInt32LE(request.requestId, 8)
  prefix.writeInt32LE(request.legacy ? opReply : opMsg, 12)
  if (request.legacy) prefix.writeInt32LE(1, headerBytes + 16)
  return [prefix, ...body]
}

/** `{ cursor: { <name>: [...documents], id, ns }, ...rest }`, put together from bytes. */
function encodeBatch(rest: Document, batch: Batch): Uint8Array[] {
  const parts: Uint8Array[] = []
  let size = 0
  batch.documents.forEach((document, index) => {
    const head = Buffer.from(`\x03${index}\0`, 'latin1')
    parts.push(head, document)
    size += head.length + document.length
  })
  const arrayHead = Buffer.from(`\x04${batch.name}\0\0\0\0\0`, 'latin1')
  arrayHead.writeInt32LE(size + 5, arrayHead.length - 4)
  const cursorTail = encode({ id: batch.cursorId, ns: batch.namespace }).subarray(4)
  const outerTail = encode(rest).subarray(4)
  const cursorSize = 4 + arrayHead.length + size + 1 + cursorTail.length
  const head = Buffer.from('\0\0\0\0\x03cursor\0\0\0\0\0', 'latin1')
  head.writeInt32LE(head.length - 4 + cursorSize + outerTail.length, 0)
  head.writeInt32LE(cursorSize, head.length - 4)
  return [head, arrayHead, ...parts, Buffer.alloc(1), cursorTail, outerTail]
}
