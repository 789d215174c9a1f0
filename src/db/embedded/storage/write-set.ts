import type { Chunk, Entry, KeyRange, Table, View, Write } from './store.js'

/** Key bytes as a string: compares like memcmp and can be the key of a Map. */
export const keyText = (key: Buffer): string => key.toString('latin1')

/** The pending writes of one table, readable in key order. */
class Overlay {
  readonly writes = new Map<string, Write>()
  private sorted: string[] = []
  private added: string[] = []

  set(write: Write): void {
    const text = keyText(write.key)
    if (!this.writes.has(text)) this.added.push(text)
    this.writes.set(text, write)
  }

  /** Keys in [start, end), ascending. */
  within(start: string, end: string): string[] {
    if (this.added.length > 0) this.mergeAdded()
    const from = lowerBound(this.sorted, start)
    return this.sorted.slice(from, lowerBound(this.sorted, end, from))
  }

  private mergeAdded(): void {
    if (this.added.length < 8) for (const text of this.added) this.sorted.splice(lowerBound(this.sorted, text), 0, text)
    else this.sorted = [...this.sorted, ...this.added].sort((a, b) => (a < b ? -1 : 1))
    this.added = []
  }
}

function lowerBound(sorted: readonly string[], text: string, from = 0): number {
  let low = from
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] ?? '') < text) low = middle + 1
    else high = middle
  }
  return low
}

const emptyOverlays = (): Readonly<Record<Table, Overlay>> => ({
  data: new Overlay(),
  index: new Overlay(),
  meta: new Overlay(),
})

/** What a statement has written and nobody else sees yet, on top of the view that it reads. */
export class WriteSet implements View {
  private overlays = emptyOverlays()

  constructor(private readonly base: View) {}

  get(table: Table, key: Buffer): Buffer | undefined {
    const own = this.overlays[table].writes.get(keyText(key))
    if (own === undefined) return this.base.get(table, key)
    return own.value === null ? undefined : (own.value as Buffer)
  }

  put(table: Table, key: Buffer, value: Uint8Array): void {
    this.overlays[table].set({ table, key, value })
  }

  remove(table: Table, key: Buffer): void {
    this.overlays[table].set({ table, key, value: null })
  }

  range(table: Table, range: KeyRange, limit: number, after?: Buffer): Chunk {
    const below = this.base.range(table, range, limit, after)
    const overlay = this.overlays[table]
    if (overlay.writes.size === 0) return below
    return mergeChunk(below, overlay, range, after)
  }

  /** Hands everything on to a write set below, when the statement has succeeded. */
  mergeInto(target: WriteSet): void {
    for (const write of this.writes()) target.overlays[write.table].set(write)
  }

  *writes(): Generator<Write> {
    for (const overlay of Object.values(this.overlays)) yield* overlay.writes.values()
  }

  clear(): void {
    this.overlays = emptyOverlays()
  }

  get size(): number {
    return Object.values(this.overlays).reduce((sum, overlay) => sum + overlay.writes.size, 0)
  }
}

/** Puts the pending writes between the entries below, as far as the piece below reaches. */
function mergeChunk(below: Chunk, overlay: Overlay, range: KeyRange, after: Buffer | undefined): Chunk {
  const reverse = range.reverse === true
  const reach = below.resume === undefined ? undefined : keyText(below.resume)
  const low = reverse
    ? (reach ?? keyText(range.start))
    : after === undefined
      ? keyText(range.start)
      : `${keyText(after)}\0`
  const high = reverse ? keyText(after ?? range.end) : reach === undefined ? keyText(range.end) : `${reach}\0`
  const own = overlay.within(low, high)
  if (own.length === 0) return below
  const merged = new Map<string, Entry>(below.entries.map((entry) => [keyText(entry.key), entry]))
  for (const text of own) {
    const write = overlay.writes.get(text)
    if (write?.value === null || write === undefined) merged.delete(text)
    else merged.set(text, { key: write.key, value: write.value as Buffer })
  }
  const order = [...merged.keys()].sort((a, b) => (a < b ? -1 : 1))
  if (reverse) order.reverse()
  const entries = order.flatMap((text) => merged.get(text) ?? [])
  return below.resume === undefined ? { entries } : { entries, resume: below.resume }
}
