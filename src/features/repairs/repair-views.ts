import type { Actor } from '../../shared/actor.js'
import type { Notice, NoticesFor, Reader } from '../listings/index.js'
import { changing, mayRunRound, roundName, type Round } from '../rounds/index.js'

/** Repairs that wait for somebody who may decide about them as this person may. */
interface Waiting {
  readonly readyFor: (actor: Actor) => Promise<readonly Round[]>
}

/** "A repair is proposed: 3 changes", for the queue and the start page of whoever may decide. */
export const repairNotices =
  ({ readyFor }: Waiting): NoticesFor =>
  async (reader, actor) =>
    mayRunRound(actor) ? (await readyFor(actor)).map((round) => notice(reader, round)) : []

const notice = (reader: Reader, round: Round): Notice => ({
  text: reader.t('repairs.notice', {
    count: round.changes === null ? 0 : changing(round.changes) + round.changes.fresh,
  }),
  href: `/rounds/${round.id}`,
  link: roundName(reader, round),
})
