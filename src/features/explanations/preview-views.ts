import type { Reader } from '../listings/index.js'
import { explanationWords } from '../questions/index.js'
import type { Preview } from './preview.js'

/** What the last round would do with an offer, a sentence each, for the form that it is written in. */
export function previewLines({ t }: Reader, preview: Preview): readonly string[] {
  if (preview.state !== 'found') return [t(`explanations.preview.${preview.state}`)]
  const { effect, roundNumber } = preview
  return [
    ...explanationWords(effect, { withNames: false }).flatMap(({ lines }) => lines.map((line) => t(line))),
    t('explanations.preview.confirmed', { round: String(roundNumber), count: effect.solved }),
  ]
}
