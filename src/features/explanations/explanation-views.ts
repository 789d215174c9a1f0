import type { Reader } from '../listings/index.js'
import { explanationText, explanationWords, type ExplanationPart } from '../questions/index.js'
import { isBeingAnswered, type CheckedExplanation } from './explanation.js'

/** What the page of an explanation says besides the answer itself. */
export interface ExplanationFrame {
  readonly title: string
  readonly back: { readonly href: string; readonly text: string }
  /** The address of the page; the plain text is one step below it. */
  readonly path: string
  /** The reason as the round gave it. */
  readonly reason: string
  readonly round: string
  /** Why it cannot be solved again; null = it can. */
  readonly notKept: string | null
}

interface Context {
  readonly reader: Reader
  readonly now: Date
  readonly withNames: boolean
}

export function explanationView(frame: ExplanationFrame, checked: CheckedExplanation | null, context: Context) {
  const { reader, now } = context
  const isWaiting = checked !== null && isBeingAnswered(checked, now)
  return {
    ...frame,
    errors: [],
    isWaiting,
    hasFailed: checked !== null && !isWaiting && checked.state !== 'answered',
    answer: answerView(frame, checked, context),
    button: checked?.state === 'answered' || isWaiting || frame.notKept !== null ? null : reader.t('explanations.ask'),
  }
}

function answerView(frame: ExplanationFrame, checked: CheckedExplanation | null, { reader, withNames }: Context) {
  if (checked?.state !== 'answered' || checked.explanation === null) return null
  const { t } = reader
  return {
    confirmed: confirmedWords(reader, frame, checked),
    parts: explanationWords(checked.explanation, { withNames }).map((part) => partView(reader, part)),
    text: plainText(frame, checked, { reader, withNames }),
    textTitle: t('explanations.as-text'),
    textHref: `${frame.path}/text`,
    download: t('explanations.download'),
  }
}

const partView = ({ t }: Reader, { title, lines }: ExplanationPart) => ({
  title: t(title),
  lines: lines.map((line) => t(line)),
})

/** When, of which round, and how often it was solved again. */
function confirmedWords(
  { t, formats }: Reader,
  { round }: Pick<ExplanationFrame, 'round'>,
  { explanation, answeredAt }: CheckedExplanation,
): string {
  return t('explanations.confirmed', {
    round,
    at: answeredAt === null ? '' : formats.dateTime(answeredAt),
    count: explanation?.solved ?? 0,
  })
}

/** All of it to be copied into a message. */
export function plainText(
  { title, reason, back, round }: ExplanationFrame,
  checked: CheckedExplanation,
  { reader, withNames }: Pick<Context, 'reader' | 'withNames'>,
): string {
  if (checked.explanation === null) return ''
  const told = explanationText(reader.t, checked.explanation, { withNames })
  return [title, back.text, `${round}: ${reason}`, told, confirmedWords(reader, { round }, checked), ''].join('\n\n')
}

/** For the page of a need that the last round did not meet in full. */
export const whyLink = ({ t }: Reader, needId: string) => ({
  href: `/needs/${needId}/why`,
  link: t('explanations.link'),
  button: t('explanations.ask'),
})
