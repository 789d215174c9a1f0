import type { Actor } from '../../shared/actor.js'
import type { Reader } from './listing-views.js'

/** What rounds and authorities made of a listing, as its page prints it. */
export interface Outcome {
  /** Parameters of patterns/data-table. */
  readonly matches: { readonly caption: string; readonly rows: readonly unknown[] }
  /** Why the last round did not serve a need; null when it did, and for offers. */
  readonly whyNot: {
    readonly title: string
    readonly text: string
    readonly reason: string
    /** Who gets the units; empty where that is not the reader's business. */
    readonly holders: string
    readonly href: string | null
    readonly link: string
  } | null
  /** Where the reason is explained and can be checked. */
  readonly why: { readonly href: string; readonly link: string; readonly button: string } | null
}

/** Given to the pages of listings by whoever knows the features that come after them. */
export type OutcomeOf = (reader: Reader, actor: Actor, id: string) => Promise<Outcome>

/** One line about something that waits, with where it can be read. */
export interface Notice {
  readonly text: string
  readonly href: string
  readonly link: string
}

/** What waits for this person to decide. */
export type NoticesFor = (reader: Reader, actor: Actor) => Promise<readonly Notice[]>
