import { kindsOf, type Category, type KindCode } from '../catalogue/index.js'
import { oneOf, rowsAfter } from './newest-first.js'
import { beginnings } from '../../shared/search-words.js'

/** What a list is narrowed to; everything is optional. */
export interface ListingFilter<State extends string> {
  readonly kind?: KindCode | undefined
  readonly category?: Category | undefined
  readonly state?: State | undefined
  /** Code of an authority: the one of the school unit, or one that the offer reaches. */
  readonly authority?: string | undefined
  readonly text?: string | undefined
}

/** The conditions that are the same for offers and needs; the place and the tenant are added by each. */
export function narrowedTo<State extends string>(
  { kind, category, state, text = '' }: ListingFilter<State>,
  cursor: string | undefined,
): Readonly<Record<string, unknown>> {
  const [first, ...others] = beginnings(text)
  const kinds = kind ?? (category && oneOf(kindsOf(category).map(({ code }) => code)))
  return {
    ...(state === undefined ? {} : { state }),
    ...(kinds === undefined ? {} : { kind: kinds }),
    ...(first === undefined ? {} : { words: first }),
    ...(others.length === 0 ? {} : { $and: others.map((words) => ({ words })) }),
    ...rowsAfter(cursor),
  }
}
