import type { Reader } from '../listings/index.js'
import { titleOf, type Match } from '../matches/index.js'
import type { Message } from '../../shared/message.js'

interface Refused {
  readonly match: Match | null
  readonly refusal: Message | null
}

/** What became of several that were to be approved at once, when some could not. */
export function refusedView(
  reader: Reader,
  {
    approved,
    agreed,
    refused,
  }: { readonly approved: number; readonly agreed: number; readonly refused: readonly Refused[] },
) {
  const { t } = reader
  return {
    title: t('matches.result.title'),
    errors: [],
    approved:
      agreed > 0
        ? t('matches.approved-and-agreed', { approved, agreed })
        : t('matches.approved-many', { count: approved }),
    refused: {
      caption: t('matches.result.refused'),
      columns: [{ text: t('matches.of.match') }, { text: t('matches.history.reason') }],
      rows: refused.map(({ match, refusal }) => ({
        cells: [
          match === null
            ? { text: t('matches.result.unknown') }
            : { text: titleOf(reader, match), href: `/matches/${match.id}` },
          { text: refusal === null ? '' : t(refusal) },
        ],
      })),
      empty: '',
    },
  }
}
