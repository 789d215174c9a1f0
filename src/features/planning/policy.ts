import { objectiveKeys, type ObjectiveKey } from '../matching/index.js'
import { firstEquityScale, type EquityScale } from '../../shared/equity-scale.js'

/** The complete answers that a round can give, along the trade-off between what people may want of it. */
export const planKeys = objectiveKeys
export type PlanKey = ObjectiveKey

export const isPlanKey = (value: unknown): value is PlanKey => planKeys.some((key) => key === value)

/**
 * What a round strives for, as a small document that is published, versioned and stored with every round. School units
 * of a lower tier number come first; inside a tier, urgency and deadline; only then the points below decide.
 */
export interface Policy {
  readonly version: number
  /** The plan that a round puts forward by itself. */
  readonly plan: PlanKey
  /** A deadline within so many days goes before a later one; each step is a class of its own. */
  readonly deadlineSteps: readonly number[]
  /** Points that tell apart two offers for the same need; whole numbers from 0; a perfect score in all is their sum. */
  readonly points: {
    /** The specification is met without waste: nobody gets a workstation who asked for a terminal. */
    readonly fit: number
    /** The offer was made for this place: municipality before authority before the whole country. */
    readonly territory: number
    /** It arrives soon. */
    readonly leadTime: number
    /** It was proposed before, so a new round does not reshuffle what people already read. */
    readonly standing: number
    /** The school put the offer first in its ranking; less for a lower place. */
    readonly ranking: number
    /** The authority of the school was served less than the others in the rounds that are remembered. */
    readonly fairness: number
  }
  readonly limits: {
    /** So many companies for one need unless it would stay short. */
    readonly preferredPartners: number
    /** Never more companies than this for one need. */
    readonly mostPartners: number
    /**
     * Of things that compete for the same offers, no company serves more than this share of what the schools of one
     * authority ask for, 0 to 1, but always one lot; null = no cap.
     */
    readonly companyShare: number | null
  }
  /** So many past rounds are remembered; with points.fairness 0 they count for nothing. */
  readonly fairness: { readonly rounds: number }
  /** Who is how marginalised. */
  readonly equity: EquityScale
}

export const firstPolicy: Policy = {
  version: 1,
  plan: 'equity-first',
  deadlineSteps: [30, 90, 180],
  points: { fit: 60, territory: 20, leadTime: 20, standing: 4, ranking: 20, fairness: 0 },
  limits: { preferredPartners: 2, mostPartners: 3, companyShare: null },
  fairness: { rounds: 4 },
  equity: firstEquityScale,
}
