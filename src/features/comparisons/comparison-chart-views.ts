import { scaleLinear } from 'd3-scale'
import type { Reader } from '../listings/index.js'

/** In the units of the drawing. */
const width = 640
const valueWidth = 90
const rowHeight = 58
const barHeight = 16
const gap = 4

export interface ChartRow {
  readonly label: string
  readonly before: number
  readonly after: number
}

interface Words {
  readonly title: string
  readonly before: string
  readonly after: string
}

/** Two bars a row, before and after, with their legend; the numbers stand in the table beside it. */
export function comparisonChart({ formats }: Reader, rows: readonly ChartRow[], words: Words) {
  const labelWidth = 10 + 7.6 * Math.max(0, ...rows.map(({ label }) => Math.min(label.length, 30)))
  const lengthOf = scaleLinear()
    .domain([0, Math.max(1, ...rows.flatMap(({ before, after }) => [before, after]))])
    .range([0, width - labelWidth - valueWidth])
  const bar = (units: number, top: number) => {
    const length = Math.round(lengthOf(units) * 10) / 10
    const valueAt = Math.round((labelWidth + length + 8) * 10) / 10
    return { length, top, baseline: top + barHeight - 3, valueAt, value: formats.number(units) }
  }
  const legendHeight = 28
  return {
    title: words.title,
    ...{ width, height: legendHeight + rows.length * rowHeight, labelWidth, barHeight },
    legend: { before: words.before, after: words.after, afterAt: width / 2, afterTextAt: width / 2 + 20 },
    rows: rows.map(({ label, before, after }, place) => {
      const top = legendHeight + place * rowHeight + 8
      return {
        label,
        baseline: top + barHeight + gap,
        before: bar(before, top),
        after: bar(after, top + barHeight + gap),
      }
    }),
  }
}
