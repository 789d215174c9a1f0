import type { DemandSignal } from '../questions/index.js'

/** What some units more would do, found by solving a round again. */
export interface KeptSignal extends DemandSignal {
  readonly roundNumber: number
  readonly at: Date
}

/** The signals of one round; `scope` are the authorities that it was about. */
export interface RoundSignals {
  readonly roundId: string
  readonly roundNumber: number
  readonly scope: readonly string[]
  readonly at: Date
  readonly signals: readonly DemandSignal[]
}

/** Those for the whole country are shown once a round about this many authorities has been. */
export interface Latest {
  readonly signals: readonly KeptSignal[]
  /** When the oldest of the rounds that speak here was solved again; null = none has been. */
  readonly since: Date | null
}

/**
 * For each authority what the latest round about it says, and for the country what the latest round about all of them
 * says; the most useful first. `rounds` are the latest first.
 */
export function latestOf(rounds: readonly RoundSignals[], authorities: readonly string[]): Latest {
  const heard = new Set<string | null>()
  const used: RoundSignals[] = []
  const signals: KeptSignal[] = []
  for (const round of rounds) {
    const isNational = authorities.every((code) => round.scope.includes(code))
    const speaksFor = [...round.scope, ...(isNational ? [null] : [])].filter((place) => !heard.has(place))
    if (speaksFor.length === 0) continue
    used.push(round)
    for (const place of speaksFor) heard.add(place)
    const { roundNumber, at } = round
    const told = round.signals.filter(({ authority }) => speaksFor.includes(authority))
    signals.push(...told.map((signal) => ({ ...signal, roundNumber, at })))
  }
  const since = used.map(({ at }) => at).sort((one, other) => one.getTime() - other.getTime())[0] ?? null
  return { signals: signals.sort(mostUsefulFirst), since }
}

const mostUsefulFirst = (one: KeptSignal, other: KeptSignal): number =>
  other.students - one.students || other.unlocked - one.unlocked || (keyOf(one) < keyOf(other) ? -1 : 1)

const keyOf = ({ kind, authority }: KeptSignal): string => `${kind} ${authority ?? ''}`
