import type { FlowProblem } from '../flow/index.js'

/**
 * Who may have what of whom, with all that no flow knows: an offer's minimum for one unit, the number of companies that
 * serve one need, and what one company may give to one authority. Offers and needs are places from 0; the candidates are
 * numbered need by need, and the arcs of the flow begin with them.
 */
export interface LimitedProblem {
  readonly flow: FlowProblem
  /** Candidates of the need at place n are those from first[n] up to first[n + 1]. */
  readonly first: Int32Array
  /** For every candidate: offer, need, and the first candidate of the same offer and school unit (one lot). */
  readonly offerOf: Int32Array
  readonly needOf: Int32Array
  readonly lotOf: Int32Array
  /** What a unit is worth on every candidate. */
  readonly value: Float64Array
  /** 1 for every candidate whose unit has no part in what the offer keeps for some. */
  readonly outside: Uint8Array
  readonly offers: {
    readonly quantity: Int32Array
    /** Units that are not kept for some. */
    readonly unkept: Int32Array
    /** Units for one school unit: not fewer (if any), not more. */
    readonly least: Int32Array
    readonly most: Int32Array
    /** Number of the company. */
    readonly partner: Int32Array
  }
  readonly needs: {
    readonly quantity: Int32Array
    /** The higher, the sooner. */
    readonly rank: Int32Array
    /** Number of the authority, from 0. */
    readonly authority: Int32Array
  }
  /** Companies for one need. */
  readonly mostPartners: number
  /** Share of what the needs of one authority ask for that one company may give, never less than one lot; null = any. */
  readonly companyShare: number | null
  /** Units that every candidate had before and that still stand; null where nothing does. */
  readonly standing: Int32Array | null
}
