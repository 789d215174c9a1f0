import { scaleLinear } from 'd3-scale'
import type { Reader } from '../listings/index.js'
import type { RoundFigures } from '../planning/index.js'

/** In the units of the drawing. */
const width = 640
const labelWidth = 90
const valueWidth = 150
const rowHeight = 44
const barHeight = 18

/** Units needed and served by tier: bars for patterns/chart, and the same numbers as its table. */
export function tierChart({ t, formats }: Reader, tiers: RoundFigures['tiers']) {
  const most = Math.max(1, ...tiers.map(({ unitsNeeded }) => unitsNeeded))
  const lengthOf = scaleLinear()
    .domain([0, most])
    .range([0, width - labelWidth - valueWidth])
  const shareOf = (served: number, needed: number): string => (needed === 0 ? '–' : formats.percent(served / needed))
  const heading = (name: string) => ({ text: t(`round-pages.tiers.${name}`), format: 'numeric' })
  return {
    title: t('round-pages.tiers.title'),
    width,
    height: tiers.length * rowHeight,
    labelWidth,
    bars: tiers.map(({ tier, unitsNeeded, unitsServed }, place) => ({
      label: t('web.tier', { tier }),
      top: place * rowHeight + (rowHeight - barHeight) / 2,
      baseline: place * rowHeight + rowHeight / 2 + 5,
      barHeight,
      needed: round(lengthOf(unitsNeeded)),
      served: round(lengthOf(unitsServed)),
      valueAt: round(labelWidth + lengthOf(unitsNeeded) + 10),
      value: `${formats.number(unitsServed)} / ${formats.number(unitsNeeded)} (${shareOf(unitsServed, unitsNeeded)})`,
    })),
    table: {
      head: [
        { text: t('round-pages.tiers.tier') },
        heading('needed'),
        heading('served'),
        heading('optimum'),
        heading('share'),
      ],
      rows: tiers.map(({ tier, unitsNeeded, unitsServed, optimum }) => [
        { text: t('web.tier', { tier }) },
        { text: formats.number(unitsNeeded), format: 'numeric' },
        { text: formats.number(unitsServed), format: 'numeric' },
        { text: formats.number(optimum), format: 'numeric' },
        { text: shareOf(unitsServed, unitsNeeded), format: 'numeric' },
      ]),
      firstCellIsHeader: true,
    },
  }
}

const round = (length: number): number => Math.round(length * 10) / 10
