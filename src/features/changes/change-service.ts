import type { Connection } from 'mongoose'
import type { Actor } from '../../shared/actor.js'
import { dateInBosnia, type Clock } from '../../shared/clock.js'
import { isId } from '../../shared/ids.js'
import { message, type Message } from '../../shared/message.js'
import { decodeCursor, encodeCursor, type Page } from '../../shared/page.js'
import { matchModel, toMatch, type MatchSummary, type StoredMatch } from '../matches/index.js'
import type { NeedUnits } from '../needs/index.js'
import type { OfferUnits } from '../offers/index.js'
import { obstacleTo, whyItGoes, type Change } from './queue-change.js'

/** What rounds change in the queues. */
export interface ChangeService {
  /** What goes, then what comes, a page at a time; a coordinator sees the own authorities. */
  changesBy(actor: Actor, roundId: string, cursor?: string): Promise<Page<Change>>
  /** Of these matches the proposals that can't be approved as things are now, by id, and why. */
  obstaclesTo(matches: readonly MatchSummary[]): Promise<ReadonlyMap<string, Message>>
}

interface Parts {
  readonly connection: Connection
  readonly clock: Clock
  readonly offerUnits: Pick<OfferUnits, 'byIds'>
  readonly needUnits: Pick<NeedUnits, 'byIds'>
}

const rowsOnPage = 25
const listed = { history: 0, alternatives: 0 } as const

interface Place {
  readonly section: 'goes' | 'comes'
  readonly after: string | null
}

export function createChangeService({ connection, clock, offerUnits, needUnits }: Parts): ChangeService {
  const matches = matchModel(connection)

  const rows = async (
    actor: Actor,
    roundId: string,
    { section, after }: Place,
    most: number,
  ): Promise<MatchSummary[]> => {
    // What a round proposed and took away again, when another of its plans was chosen, is no change.
    const which =
      section === 'goes' ? { goneBy: roundId, roundId: { $ne: roundId } } : { roundId, goneBy: { $ne: roundId } }
    const scope = actor.role === 'coordinator' ? { authority: { $in: [...actor.authorities] } } : {}
    const found = await matches
      .find({ ...scope, ...which, ...(after === null ? {} : { _id: { $gt: after } }) }, listed)
      .sort({ _id: 1 })
      .limit(most)
      .lean<StoredMatch[]>()
    return found.map(toMatch)
  }

  const explained = async (roundId: string, going: readonly MatchSummary[]): Promise<Change[]> => {
    const needIds = going.map(({ needId }) => needId)
    const [offers, needs, comes] = await Promise.all([
      offerUnits.byIds(going.map(({ offerId }) => offerId)),
      needUnits.byIds(needIds),
      matches.find({ roundId, needId: { $in: needIds } }, listed).lean<StoredMatch[]>(),
    ])
    const today = dateInBosnia(clock())
    return going.map((match) => {
      const instead = comes.map(toMatch).filter(({ needId }) => needId === match.needId)
      const sides = { offer: offers.get(match.offerId), need: needs.get(match.needId), instead, today }
      return { match, does: 'goes', why: whyItGoes(match, sides) }
    })
  }

  return {
    async obstaclesTo(found) {
      const proposed = found.filter(({ state }) => state === 'proposed')
      const [offers, needs] = await Promise.all([
        offerUnits.byIds(proposed.map(({ offerId }) => offerId)),
        needUnits.byIds(proposed.map(({ needId }) => needId)),
      ])
      const today = dateInBosnia(clock())
      const told = proposed.flatMap((match) => {
        const sides = { offer: offers.get(match.offerId), need: needs.get(match.needId), today }
        const obstacle = obstacleTo(match, sides)
        return obstacle === null ? [] : [[match.id, obstacle] as const]
      })
      return new Map(told)
    },
    async changesBy(actor, roundId, cursor) {
      const place = placeOf(cursor)
      const most = rowsOnPage + 1
      const going = place.section === 'goes' ? await rows(actor, roundId, place, most) : []
      const from: Place = place.section === 'comes' ? place : { section: 'comes', after: null }
      const coming = going.length === most ? [] : await rows(actor, roundId, from, most - going.length)
      const changes: Change[] = [
        ...(await explained(roundId, going)),
        ...coming.map((match): Change => ({
          match,
          does: 'comes',
          why: message('changes.why.as-planned', { reason: match.reason }),
        })),
      ]
      const items = changes.slice(0, rowsOnPage)
      const last = items.at(-1)
      const goesOn = changes.length > rowsOnPage && last !== undefined
      return { items, next: goesOn ? encodeCursor([last.does, last.match.id]) : null }
    },
  }
}

function placeOf(cursor: string | undefined): Place {
  const [section, after] = decodeCursor(cursor, 2) ?? []
  const isKnown = (section === 'goes' || section === 'comes') && typeof after === 'string' && isId(after)
  return isKnown ? { section, after } : { section: 'goes', after: null }
}
