/** One page of a list in the order of its key; `next` continues after the last item, null at the end. */
export interface Page<Item> {
  readonly items: readonly Item[]
  readonly next: string | null
}

/** Opaque to people, and checked on the way in: a cursor that does not decode starts the list again. */
export const encodeCursor = (parts: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(parts)).toString('base64url')

export function decodeCursor(cursor: string | undefined, length: number): readonly (string | number)[] | null {
  if (cursor === undefined || cursor === '' || cursor.length > 500) return null
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    const valid =
      Array.isArray(parts) &&
      parts.length === length &&
      parts.every((part) => typeof part === 'string' || (typeof part === 'number' && Number.isFinite(part)))
    return valid ? (parts as (string | number)[]) : null
  } catch {
    return null
  }
}
