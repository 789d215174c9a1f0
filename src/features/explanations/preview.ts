import type { OfferEffect } from '../questions/index.js'

/** What the last round would do with an offer that is not stored as it is here. */
export type Preview =
  | { readonly state: 'found'; readonly roundNumber: number; readonly effect: OfferEffect }
  /** none: no round about its schools is kept · busy: this person waits for another answer · too-long: given up */
  | { readonly state: 'none' | 'busy' | 'too-long' }
