import { Types, type Connection } from 'mongoose'
import { NotFoundError } from '../../shared/errors.js'
import type { PlanKey } from '../planning/index.js'
import { roundFileModel, type StoredPart } from './round-file-model.js'

export type RoundFileName = 'input' | `plan:${PlanKey}`

/** What a round was asked and answered, whole: packed bytes, so that it can be looked into and replayed later. */
export interface RoundFiles {
  /** The packed input of a round, for `unpackInput`. Throws NotFoundError when it is not, or no longer, kept. */
  input(roundId: string): Promise<Uint8Array>
  /** A packed plan of it, for `unpackPlan`. Throws NotFoundError. */
  plan(roundId: string, key: PlanKey): Promise<Uint8Array>
  /** The same, a part at a time; ends at once when it is not kept. */
  parts(roundId: string, name: RoundFileName): AsyncIterable<Uint8Array>
  store(roundId: string, name: RoundFileName, parts: AsyncIterable<Uint8Array>): Promise<void>
  remove(roundId: string): Promise<void>
}

export function createRoundFiles(connection: Connection): RoundFiles {
  const files = roundFileModel(connection)

  async function* parts(roundId: string, name: RoundFileName): AsyncGenerator<Uint8Array> {
    for (let part = 0; ; part++) {
      const found = await files.findOne({ roundId, name, part }).lean<StoredPart>()
      if (found === null) return
      yield bytesOf(found.bytes)
    }
  }
  const whole = async (roundId: string, name: RoundFileName): Promise<Uint8Array> => {
    const found: Uint8Array[] = []
    for await (const bytes of parts(roundId, name)) found.push(bytes)
    if (found.length === 0) throw new NotFoundError('round-pages.no-file')
    return Buffer.concat(found)
  }

  return {
    input: (roundId) => whole(roundId, 'input'),
    plan: (roundId, key) => whole(roundId, `plan:${key}`),
    parts,
    async store(roundId, name, given) {
      await files.deleteMany({ roundId, name })
      let part = 0
      for await (const bytes of given) {
        const stored: StoredPart = {
          _id: new Types.ObjectId(),
          roundId: new Types.ObjectId(roundId),
          name,
          part: part++,
          bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
        }
        await files.insertMany([stored], { lean: true })
      }
    },
    async remove(roundId) {
      await files.deleteMany({ roundId })
    },
  }
}

/** The driver gives a Binary where a document is read as it is. */
const bytesOf = (stored: Buffer | { readonly buffer: Uint8Array }): Uint8Array =>
  stored instanceof Uint8Array ? stored : stored.buffer
