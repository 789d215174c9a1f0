import { isId } from '../../shared/ids.js'
import { decodeCursor, encodeCursor, type Page } from '../../shared/page.js'

/** The order of every list of listings; their indexes end in it. */
export const newestFirst = { updatedAt: -1, _id: -1 } as const

export const rowsOnPage = 20

interface Row {
  readonly id: string
  readonly updatedAt: Date
}

type Later = Readonly<Record<string, unknown>>

/** Conditions for the rows after the cursor; none for the first page or a cursor that does not decode. */
export function rowsAfter(cursor: string | undefined): Later {
  const [time, id] = decodeCursor(cursor, 2) ?? []
  if (typeof time !== 'number' || typeof id !== 'string' || !isId(id)) return {}
  const at = new Date(time)
  if (Number.isNaN(at.getTime())) return {}
  // The bound is a range for the index; the alternative only parts rows of the same millisecond.
  return { updatedAt: { $lte: at }, $or: [{ updatedAt: { $lt: at } }, { _id: { $lt: id } }] }
}

/** One page out of one row more than fits on it. */
export function pageOf<Item extends Row>(rows: readonly Item[]): Page<Item> {
  const items = rows.slice(0, rowsOnPage)
  const last = items.at(-1)
  const goesOn = rows.length > rowsOnPage && last !== undefined
  return { items, next: goesOn ? encodeCursor([last.updatedAt.getTime(), last.id]) : null }
}

/** A condition on one value or on several; with one alone the index keeps its order. */
export const oneOf = <Value>(values: readonly Value[]): Value | { readonly $in: readonly Value[] } =>
  values.length === 1 && values[0] !== undefined ? values[0] : { $in: values }
