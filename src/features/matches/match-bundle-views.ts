import { kindName, prerequisiteName, quantityOf } from '../catalogue/index.js'
import type { Reader } from '../listings/index.js'
import type { Bundle, BundlePart } from './match-bundle.js'
import { awaitedFor } from './match-decision.js'
import type { MatchSummary } from './match.js'

/** Whose consent a divided offer still waits for; nothing where one authority decides alone. */
export function awaitedWords({ t }: Reader, match: MatchSummary): string | null {
  const awaited = awaitedFor(match)
  if (match.state !== 'proposed' || !match.isShared) return null
  return awaited.length === 2 ? t('matches.awaits.both') : t(`matches.awaits.${awaited[0] ?? 'first'}`)
}

/** For a row of the queue: who is awaited, what comes first, what comes with it. */
export const jointWords = (reader: Reader, match: MatchSummary, bundle: Bundle | null) => ({
  awaited: awaitedWords(reader, match),
  lost: bundle?.missing?.open.length === 0 ? reader.t('matches.bundle.lost') : null,
  firsts: bundle === null || bundle.firsts.length === 0 ? null : listWords(reader, 'firsts', bundle.firsts),
  besides: bundle === null || bundle.besides.length === 0 ? null : listWords(reader, 'besides', bundle.besides),
})

const listWords = (reader: Reader, which: 'firsts' | 'besides', parts: readonly BundlePart[]): string =>
  reader.t(`matches.bundle.${which}-are`, {
    parts: parts.map(({ match }) => ({
      key: 'matches.bundle.part',
      values: { ...thingOf(match), state: reader.t(`matches.state.${match.state}`) },
    })),
  })

const thingOf = ({ kind, quantity }: MatchSummary) => ({
  kind: kindName(kind),
  quantity: quantityOf(kind, quantity),
})

/** For the page of a match: what it needs first and what else its unit is given; null when it stands alone. */
export function bundleView(reader: Reader, bundle: Bundle | null) {
  if (bundle === null) return null
  const { firsts, besides, missing } = bundle
  return {
    warning: missing === null ? null : missingWords(reader, missing),
    firsts: firsts.length === 0 ? null : partsTable(reader, 'firsts', firsts),
    besides: besides.length === 0 ? null : partsTable(reader, 'besides', besides),
  }
}

const missingWords = ({ t }: Reader, { things, open }: NonNullable<Bundle['missing']>): string =>
  t(open.length === 0 ? 'matches.bundle.is-lost' : 'matches.bundle.is-missing', {
    things: things.map(prerequisiteName),
  })

/** Parameters of patterns/data-table. A company reads of others' deliveries that they are there, not whose they are. */
const partsTable = ({ t }: Reader, which: 'firsts' | 'besides', parts: readonly BundlePart[]) => ({
  caption: t(`matches.bundle.${which}`),
  captionClasses: 'govuk-table__caption--s',
  columns: [
    { text: t('matches.of.match') },
    { text: t('matches.history.state') },
    { text: t('matches.label.company') },
  ],
  rows: parts.map(({ match, isKnown }) => ({
    cells: [
      { text: t('matches.bundle.thing', thingOf(match)), ...(isKnown ? { href: `/matches/${match.id}` } : {}) },
      { text: '', state: { name: match.state, text: t(`matches.state.${match.state}`) } },
      { text: isKnown ? match.company : t('matches.bundle.another-company') },
    ],
  })),
  empty: '',
})
