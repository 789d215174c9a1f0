import { scaleLinear } from 'd3-scale'
import type { Reader } from '../listings/index.js'
import type { PlanSummary } from '../rounds/index.js'
import { frontierOf, type FrontierPoint } from './plan-choice.js'

/** In the units of the drawing. */
const size = { width: 680, height: 380 } as const
const margin = { left: 64, right: 24, top: 24, bottom: 56 } as const
const labelHeight = 18
const labelWidth = 210

/** What a plan costs in the one direction and gives in the other: for patterns/chart, with the same numbers as its table. */
export function frontierChart(reader: Reader, plans: readonly PlanSummary[], chosen: string | null) {
  const { t, formats } = reader
  const points = frontierOf(plans)
  const across = scaleLinear(padded(points.map(({ students }) => students)), [margin.left, size.width - margin.right])
  const up = scaleLinear(padded(points.map(({ neediest }) => neediest)), [size.height - margin.bottom, margin.top])
  const drawn = placed(points.map((point) => ({ ...point, x: across(point.students), y: up(point.neediest) })))
  const name = ({ key }: FrontierPoint): string => t(`round-pages.plan.${key}`)
  return {
    title: t('plans.frontier.title'),
    ...size,
    axes: {
      left: margin.left,
      right: size.width - margin.right,
      top: margin.top,
      bottom: size.height - margin.bottom,
      x: t('plans.frontier.students'),
      y: t('plans.frontier.neediest'),
      xAt: (margin.left + size.width - margin.right) / 2,
      xLabelAt: size.height - 12,
    },
    xTicks: across.ticks(5).map((value) => ({
      at: round(across(value)),
      textAt: size.height - margin.bottom + 20,
      text: formats.number(value),
    })),
    yTicks: up
      .ticks(5)
      .map((value) => ({ at: round(up(value)), baseline: round(up(value) + 5), text: formats.percent(value) })),
    line: [...drawn]
      .filter(({ isBest }) => isBest)
      .sort((one, other) => one.x - other.x || one.y - other.y)
      .map(({ x, y }) => `${round(x)},${round(y)}`)
      .join(' '),
    points: drawn.map((point) => ({
      x: round(point.x),
      y: round(point.y),
      radius: point.key === chosen ? 9 : 6,
      label: name(point),
      labelX: round(point.labelX),
      labelY: round(point.labelY),
      anchor: point.anchor,
    })),
    table: {
      head: [
        { text: t('plans.column.plan') },
        ...['students', 'neediest'].map((column) => ({ text: t(`plans.column.${column}`), format: 'numeric' })),
        { text: t('plans.frontier.best') },
      ],
      rows: points.map((point) => [
        { text: name(point) },
        { text: formats.number(point.students), format: 'numeric' },
        { text: formats.percent(point.neediest), format: 'numeric' },
        { text: t(point.isBest ? 'plans.frontier.yes' : 'plans.frontier.no') },
      ]),
      firstCellIsHeader: true,
    },
  }
}

/** From a little below the least to a little above the most: small differences are what the drawing is for. */
function padded(values: readonly number[]): readonly [number, number] {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const more = (most - least || Math.abs(most) || 1) * 0.12
  return [Math.max(0, least - more), most + more]
}

interface Point extends FrontierPoint {
  readonly x: number
  readonly y: number
}

/** Every point with the place of its label, beside it, on the side where there is room; labels that would touch are moved apart. */
function placed(points: readonly Point[]) {
  const taken: { left: number; y: number }[] = []
  return [...points]
    .sort((one, other) => one.y - other.y)
    .map((point) => {
      const isRight = point.x + labelWidth < size.width
      const labelX = isRight ? point.x + 14 : point.x - 14
      const left = isRight ? labelX : labelX - labelWidth
      let labelY = point.y + 5
      while (taken.some((one) => Math.abs(one.left - left) < labelWidth && Math.abs(one.y - labelY) < labelHeight)) {
        labelY += 4
      }
      taken.push({ left, y: labelY })
      return { ...point, labelX, labelY, anchor: isRight ? 'start' : 'end' }
    })
}

const round = (length: number): number => Math.round(length * 10) / 10
