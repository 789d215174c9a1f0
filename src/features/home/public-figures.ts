/** What everybody may see at a glance. */
export interface PublicFigures {
  readonly schoolUnits: number
  readonly openNeeds: number
  readonly openOffers: number
  readonly approvedMatches: number
}

export const figureNames = ['schoolUnits', 'openNeeds', 'openOffers', 'approvedMatches'] as const
