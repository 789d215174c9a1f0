import { comparisonSentence } from '../comparisons/index.js'
import { summaryRow, type Reader } from '../listings/index.js'
import {
  isWaiting,
  type FinishedReplay,
  type PastRound,
  type PolicyReplay,
  type ReplayOutcome,
} from './policy-replay.js'

export const roundWords = ({ t }: Reader, round: number): string => t('policies.replay.round', { round: String(round) })

const replayState = ({ t }: Reader, { state }: Pick<PolicyReplay, 'state'>) => ({
  name: state,
  text: t(`policies.replay.state.${state}`),
})

/** A row of patterns/row-list; a replay of an earlier text of the draft is marked as such. */
export const replayRow = (reader: Reader, replay: PolicyReplay, hash: string) => ({
  title: roundWords(reader, replay.round),
  href: `/policies/replays/${replay.id}`,
  state: replayState(reader, replay),
  ...(replay.outcome === null ? {} : { text: outcomeSentence(reader, replay.outcome) }),
  meta: [
    reader.t('policies.replay.asked', {
      name: replay.requestedBy.name,
      at: reader.formats.dateTime(replay.requestedAt),
    }),
    ...(replay.hash === hash ? [] : [reader.t('policies.replay.earlier-text')]),
  ],
})

/** What the draft would have meant for a round, in one sentence and the sum of it. */
export function outcomeSentence(reader: Reader, { before, after, comparison }: ReplayOutcome): string {
  const { t, formats } = reader
  const units = { before: formats.number(before.unitsServed), after: formats.number(after.unitsServed) }
  return [comparisonSentence(reader, comparison), t('policies.replay.in-all', units)].join(' ')
}

/** For everybody: the sentence of each replay, without names; those who may read them whole find them by it. */
export const publicReplays = (reader: Reader, replays: readonly FinishedReplay[], maySeeNames: boolean) =>
  replays.map(({ id, round, outcome }) => ({
    title: roundWords(reader, round),
    ...(maySeeNames ? { href: `/policies/replays/${id}` } : {}),
    text: outcomeSentence(reader, outcome),
  }))

export const roundChoice = ({ formats }: Reader, { number, endedAt }: PastRound) => ({
  round: String(number),
  at: endedAt === null ? '' : formats.date(endedAt),
})

export const replayView = (
  reader: Reader,
  replay: PolicyReplay,
  draft: { readonly id: string; readonly hash: string },
) => ({
  state: replayState(reader, replay),
  progress: isWaiting(replay.state) ? progressOf(reader, replay) : null,
  failure: replay.state === 'failed' ? reader.t('policies.replay.failed') : null,
  again: `/policies/drafts/${draft.id}/replay`,
  isEarlier: replay.hash !== draft.hash,
  details: replayDetails(reader, replay),
})

const replayDetails = ({ t, formats }: Reader, replay: PolicyReplay) => [
  summaryRow(t('policies.replay.details.asked'), replay.requestedBy.name),
  summaryRow(t('policies.replay.details.requested-at'), formats.dateTime(replay.requestedAt)),
  ...(replay.endedAt === null
    ? []
    : [summaryRow(t('policies.replay.details.ended-at'), formats.dateTime(replay.endedAt))]),
  summaryRow(t('policies.details.hash'), replay.hash),
]

/** How far a replay is: it has no steps that could be counted. */
export const replayStep = ({ t }: Reader, { state }: Pick<PolicyReplay, 'state'>) => {
  const finished = !isWaiting(state)
  return {
    value: finished ? 100 : state === 'queued' ? 0 : 50,
    max: 100,
    text: t(`policies.replay.progress.${state}`),
    finished,
  }
}

const progressOf = (reader: Reader, replay: PolicyReplay) => ({
  ...replayStep(reader, replay),
  label: reader.t('policies.replay.progress.label'),
  url: `/policies/replays/${replay.id}/progress`,
})
