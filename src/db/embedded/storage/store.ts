import { open, type Database, type RootDatabase, type Transaction } from 'lmdb'

/** `data`: u32 collection | u64 record → BSON. `index`: u32 index | fields | record. `meta`: catalogue, retryable results, owner. */
export type Table = 'data' | 'index' | 'meta'

export interface Entry {
  readonly key: Buffer
  readonly value: Buffer
}

export interface KeyRange {
  /** Inclusive. */
  readonly start: Buffer
  /** Exclusive. */
  readonly end: Buffer
  readonly reverse?: boolean
}

/** A piece of a range in key order; `resume` is the key after which the next piece starts, absent at the end. */
export interface Chunk {
  readonly entries: readonly Entry[]
  readonly resume?: Buffer
}

/** What statements read from: the newest state, a snapshot, or either of them below a write set. */
export interface View {
  get(table: Table, key: Buffer): Buffer | undefined
  range(table: Table, range: KeyRange, limit: number, after?: Buffer): Chunk
}

export interface Snapshot extends View {
  readonly sequence: number
  release(): void
}

export interface Write {
  readonly table: Table
  readonly key: Buffer
  /** null removes the key. */
  readonly value: Uint8Array | null
}

/** All that the rest of the database asks of its storage. */
export interface Store extends View {
  /** Counts the commits that are visible to readers. */
  readonly sequence: number
  snapshot(): Snapshot
  /** Applies all writes or none, and returns when they are on disk. */
  commit(writes: Iterable<Write>): void
  /** Puts a meta value if the present one is still the expected one, against every other process. */
  exchange(key: Buffer, expected: Buffer | undefined, value: Buffer): boolean
  close(): Promise<void>
}

type Tables = Readonly<Record<Table, Database<Buffer, Buffer>>>

export class LmdbStore implements Store {
  sequence = 0
  private readonly root: RootDatabase<Buffer, Buffer>
  private readonly tables: Tables

  /** `durable: false` leaves the flushing to the operating system, for data that nobody keeps. */
  constructor(path: string, options: { readonly durable: boolean }) {
    const binary = { keyEncoding: 'binary', encoding: 'binary', cache: false } as const
    this.root = open<Buffer, Buffer>({
      ...binary,
      path,
      maxDbs: 4,
      maxReaders: 1000,
      overlappingSync: false,
      noSync: !options.durable,
    })
    const table = (name: Table): Database<Buffer, Buffer> => this.root.openDB<Buffer, Buffer>({ ...binary, name })
    this.tables = { data: table('data'), index: table('index'), meta: table('meta') }
  }

  get(table: Table, key: Buffer): Buffer | undefined {
    return this.tables[table].get(key)
  }

  range(table: Table, range: KeyRange, limit: number, after?: Buffer): Chunk {
    return readChunk(this.tables[table], range, limit, after)
  }

  snapshot(): Snapshot {
    this.root.resetReadTxn()
    const transaction = this.root.useReadTransaction()
    const tables = this.tables
    return {
      sequence: this.sequence,
      get: (table, key) => tables[table].get(key, { transaction }),
      range: (table, range, limit, after) => readChunk(tables[table], range, limit, after, transaction),
      release: () => {
        transaction.done()
      },
    }
  }

  commit(writes: Iterable<Write>): void {
    this.root.transactionSync(() => {
      for (const { table, key, value } of writes) {
        if (value === null) this.tables[table].removeSync(key)
        else this.tables[table].putSync(key, value as Buffer)
      }
    })
    this.root.resetReadTxn()
    this.sequence++
  }

  exchange(key: Buffer, expected: Buffer | undefined, value: Buffer): boolean {
    const meta = this.tables.meta
    return this.root.transactionSync(() => {
      const present = meta.get(key)
      const same = expected === undefined ? present === undefined : present?.equals(expected) === true
      if (same) meta.putSync(key, value)
      return same
    })
  }

  async close(): Promise<void> {
    await this.root.close()
  }
}

/** A piece holds no more bytes than this, except where everything is asked for at once. */
const mostBytes = 4 * 1024 * 1024

function readChunk(
  table: Database<Buffer, Buffer>,
  range: KeyRange,
  limit: number,
  after?: Buffer,
  transaction?: Transaction,
): Chunk {
  const entries: Entry[] = []
  let bytes = 0
  const reverse = range.reverse === true
  const from = after ?? (reverse ? range.end : range.start)
  const options = { start: from, reverse, ...(reverse ? {} : { end: range.end }), ...(transaction && { transaction }) }
  for (const { key, value } of table.getRange(options)) {
    if (reverse && key.compare(range.start) < 0) break
    if ((after !== undefined || reverse) && key.equals(from)) continue
    entries.push({ key, value })
    bytes += value.length
    if (entries.length >= limit || (bytes > mostBytes && limit < Infinity)) return { entries, resume: key }
  }
  return { entries }
}
