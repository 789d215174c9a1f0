import { html, type Markup } from './markup.js'

export interface Bar {
  readonly label: string
  readonly needed: number
  readonly served: number
  /** What is written at the end of the bar. */
  readonly figure: string
}

const size = { width: 720, label: 90, figure: 150, row: 44, bar: 24 } as const

/**
 * A bar a row: how much was needed, and the part of it that is served. The same figures stand in the table beside it; the
 * picture has a title for those who do not see it.
 */
export function barChart(title: string, bars: readonly Bar[]): Markup {
  const most = Math.max(1, ...bars.map(({ needed }) => needed))
  const room = size.width - size.label - size.figure
  const length = (value: number): number => Math.round((value / most) * room * 10) / 10
  const rows = bars.map(({ label, needed, served, figure }, at) => {
    const top = at * size.row + (size.row - size.bar) / 2
    const middle = top + size.bar / 2
    return html`<text x="0" y="${middle}" dominant-baseline="middle">${label}</text>
      <rect class="needed" x="${size.label}" y="${top}" width="${length(needed)}" height="${size.bar}" />
      <rect class="served" x="${size.label}" y="${top}" width="${length(served)}" height="${size.bar}" />
      <text x="${size.label + length(needed) + 8}" y="${middle}" dominant-baseline="middle">${figure}</text>`
  })
  const height = bars.length * size.row
  return html`<svg
    role="img"
    aria-label="${title}"
    viewBox="0 0 ${size.width} ${height}"
    width="${size.width}"
    height="${height}"
  >
    <title>${title}</title>
    ${rows}
  </svg>`
}
