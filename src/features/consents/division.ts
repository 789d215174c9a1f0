import { createHash } from 'node:crypto'
import { awaitedFor, type MatchSummary } from '../matches/index.js'

/** What schools of one authority are to be given of an offer. */
export interface DivisionPart {
  /** Code of the authority. */
  readonly authority: string
  readonly units: number
  readonly schools: number
  readonly pupils: number
  readonly proposals: number
  /** To how many of the proposals the authority has agreed. */
  readonly agreed: number
}

/** How the standing proposals divide an offer among schools of several authorities. */
export interface Division {
  readonly offerId: string
  readonly offerTitle: string
  readonly offerKind: string
  readonly company: string
  readonly units: number
  /** Most units first. */
  readonly parts: readonly DivisionPart[]
  /** Proposals that the nation has not agreed to. */
  readonly awaiting: readonly string[]
  /** Proposals of the division. */
  readonly proposals: readonly string[]
  /** A print of what was divided how: whoever agrees, agrees to this and to nothing that came after. */
  readonly seen: string
}

/** One offer's proposals as a division; `pupilsOf` gives the pupils that a proposal reaches. */
export function divisionOf(
  matches: readonly MatchSummary[],
  pupilsOf: (match: MatchSummary) => number,
): Division | null {
  const [first] = matches
  if (first === undefined) return null
  const { offerId, offerTitle, offerKind, company } = first
  const codes = [...new Set(matches.map(({ authority }) => authority))]
  const parts = codes.map((authority): DivisionPart => {
    const mine = matches.filter((match) => match.authority === authority)
    return {
      authority,
      units: sum(mine.map(({ quantity }) => quantity)),
      schools: new Set(mine.map(({ schoolId }) => schoolId)).size,
      pupils: sum(mine.map(pupilsOf)),
      proposals: mine.length,
      agreed: mine.filter((match) => !awaitedFor(match).includes('authority')).length,
    }
  })
  return {
    ...{ offerId, offerTitle, offerKind, company },
    units: sum(parts.map(({ units }) => units)),
    parts: parts.sort((one, other) => other.units - one.units || (one.authority < other.authority ? -1 : 1)),
    awaiting: matches.filter((match) => awaitedFor(match).includes('nation')).map(({ id }) => id),
    proposals: matches.map(({ id }) => id),
    seen: printOf(matches),
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** SHA-256, 32 hexadecimal digits, of who gets how many; consents leave it as it is. */
const printOf = (matches: readonly MatchSummary[]): string =>
  createHash('sha256')
    .update(
      matches
        .map(({ id, quantity }) => `${id} ${quantity}`)
        .sort()
        .join(),
    )
    .digest('hex')
    .slice(0, 32)
