import type { Types } from 'mongoose'
import type { MatchModel } from './match-model.js'

interface Standing {
  readonly _id: Types.ObjectId
  readonly offerId: Types.ObjectId
  readonly authority: string
  readonly isShared?: boolean
}

/** So many are read, and so many written, at once: others have their turn in between. */
const atOnce = 250

/**
 * Notes of every proposal whether its offer goes to schools of several authorities as things stand now. A round knows only
 * the authorities that it was about; others may hold proposals out of the same offer.
 */
export async function markShared(matches: MatchModel): Promise<void> {
  const authorities = new Map<string, Set<string>>()
  const standing: Standing[] = []
  const fields = { offerId: 1, authority: 1, isShared: 1 } as const
  for await (const one of matches
    .find({ state: 'proposed' }, fields)
    .lean<Standing[]>()
    .cursor({ batchSize: atOnce })) {
    const offer = String(one.offerId)
    const some = authorities.get(offer)
    if (some === undefined) authorities.set(offer, new Set([one.authority]))
    else some.add(one.authority)
    standing.push(one)
  }
  const isShared = ({ offerId }: Standing): boolean => (authorities.get(String(offerId))?.size ?? 0) > 1
  for (const value of [true, false]) {
    const wrong = standing.filter((one) => isShared(one) === value && (one.isShared ?? false) !== value)
    for (let from = 0; from < wrong.length; from += atOnce) {
      const ids = wrong.slice(from, from + atOnce).map(({ _id }) => _id)
      await matches.updateMany({ _id: { $in: ids }, state: 'proposed' }, { $set: { isShared: value } })
    }
  }
}
