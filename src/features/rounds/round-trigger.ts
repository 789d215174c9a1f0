/** What can make a plan that stands impossible, or leave a hole in it. */
export const repairCauses = [
  'offer-changed',
  'offer-paused',
  'offer-withdrawn',
  'offer-lapsed',
  'need-changed',
  'need-paused',
  'need-withdrawn',
  'match-rejected',
  'match-declined',
  'match-lapsed',
  'match-cancelled',
] as const
export type RepairCause = (typeof repairCauses)[number]

/** What a repair answers; `id` is that of the offer, the need or the match. */
export interface RoundTrigger {
  readonly event: RepairCause
  readonly subject: 'offer' | 'need' | 'match'
  readonly id: string
  readonly at: Date
}
