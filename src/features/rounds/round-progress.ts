import { message, type Message } from '../../shared/message.js'
import { categories, categoryName } from '../catalogue/index.js'
import { isActive, type Round, type RoundStage } from './round.js'

/** Which part of the whole each stage is, in hundredths. */
const spans: Readonly<Record<RoundStage, readonly [number, number]>> = {
  waiting: [0, 0],
  gathering: [0, 5],
  planning: [5, 60],
  storing: [60, 85],
  publishing: [85, 100],
}

export interface Step {
  /** 0 to `max`. */
  readonly value: number
  readonly max: number
  readonly words: Message
  readonly finished: boolean
}

/** How far a round is, as one number and in words. */
export function stepOf({ state, progress }: Pick<Round, 'state' | 'progress'>): Step {
  if (!isActive(state)) {
    return { value: 100, max: 100, words: message('round-pages.progress.finished'), finished: true }
  }
  const [from, to] = spans[progress.stage]
  const share = progress.total === 0 ? 1 : Math.min(1, progress.done / progress.total)
  return { value: Math.round(from + share * (to - from)), max: 100, words: wordsOf(progress), finished: false }
}

function wordsOf({ stage, done, total, category }: Round['progress']): Message {
  if (stage !== 'planning') return message(`round-pages.progress.${stage}`, { done, total })
  const known = categories.find((one) => one === category)
  return known === undefined
    ? message('round-pages.progress.proving')
    : message('round-pages.progress.planning', { category: categoryName(known) })
}
