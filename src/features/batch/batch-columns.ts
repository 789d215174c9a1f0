import type { Column } from '../../shared/csv-file.js'

/** `offers.csv`, one offer a row. */
export const offerColumns = {
  offer_id: { required: true },
  company: { required: true },
  kind: { required: true },
  quantity: { required: true },
  territory: {},
  min_per_school: {},
  max_per_school: {},
  levels: {},
  spec: {},
  valid_from: {},
  valid_to: {},
  lead_days: {},
  terms: {},
  value_bam: {},
  kept_percent: {},
  kept_for: {},
} as const satisfies Readonly<Record<string, Column>>

export type OfferColumn = keyof typeof offerColumns

/** `needs.csv`, one need a row. */
export const needColumns = {
  need_id: { required: true },
  school_id_govt: { required: true },
  kind: { required: true },
  quantity: { required: true },
  spec: {},
  urgency: {},
  deadline: {},
  students: {},
  ranking: {},
  refused: {},
} as const satisfies Readonly<Record<string, Column>>

export type NeedColumn = keyof typeof needColumns
