/**
 * What a round strives for, as a small document that is published, versioned and stored with every round. School units
 * of a lower tier number come first; inside a tier, urgency and deadline; only then the points below decide.
 */
export interface Policy {
  readonly name: 'equity-first'
  readonly version: number
  /** A deadline within so many days goes before a later one; each step is a class of its own. */
  readonly deadlineSteps: readonly number[]
  /** Points that tell apart two offers for the same need; a perfect score in all is their sum. */
  readonly points: {
    /** The specification is met without waste: nobody gets a workstation who asked for a terminal. */
    readonly fit: number
    /** The offer was made for this place: municipality before authority before the whole country. */
    readonly territory: number
    /** It arrives soon. */
    readonly leadTime: number
    /** It was proposed before, so a new round does not reshuffle what people already read. */
    readonly standing: number
  }
  readonly limits: {
    /** So many companies for one need unless it would stay short. */
    readonly preferredPartners: number
    /** Never more companies than this for one need. */
    readonly mostPartners: number
  }
}

export const equityFirstPolicy: Policy = {
  name: 'equity-first',
  version: 1,
  deadlineSteps: [30, 90, 180],
  points: { fit: 60, territory: 20, leadTime: 20, standing: 4 },
  limits: { preferredPartners: 2, mostPartners: 3 },
}
