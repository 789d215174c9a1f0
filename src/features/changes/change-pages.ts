import { actorOf } from '../../web/access.js'
import { idOf, page, type Page } from '../../web/pages.js'
import { pagingView } from '../../web/query.js'
import { render } from '../../web/render.js'
import { cursorOf, readerOf, type Reader } from '../listings/index.js'
import { titleOf } from '../matches/index.js'
import { changesText, roundName, type Rounds } from '../rounds/index.js'
import type { Change } from './queue-change.js'
import type { ChangeService } from './change-service.js'

interface Parts {
  readonly rounds: Pick<Rounds, 'read'>
  readonly changes: ChangeService
}

export const changePages = ({ rounds, changes }: Parts): readonly Page[] => [
  page('/rounds/:id/changes', 'rounds:read', async (req, res) => {
    const reader = readerOf(req)
    const round = await rounds.read(idOf(req))
    const found = await changes.changesBy(actorOf(req), round.id, cursorOf(req))
    render(req, res, 'changes/changes', {
      title: reader.t('changes.title'),
      errors: [],
      round: roundName(reader, round),
      back: { href: `/rounds/${round.id}`, text: roundName(reader, round) },
      text: round.changes === null ? null : changesText(reader, round.changes),
      items: found.items.map((change) => changeRow(reader, change)),
      empty: reader.t('changes.empty'),
      paging: pagingView(req, found.next),
    })
  }),
]

/** A row of patterns/row-list; what is only prepared has no page of its own yet. */
const changeRow = (reader: Reader, { match, does, why }: Change) => ({
  title: titleOf(reader, match),
  ...(match.state === 'prepared' ? {} : { href: `/matches/${match.id}` }),
  state: { name: does === 'goes' ? 'superseded' : 'proposed', text: reader.t(`changes.${does}`) },
  tier: match.tier,
  text: reader.t(why),
  meta: [reader.t('changes.offer', { offer: match.offerTitle, company: match.company })],
})
