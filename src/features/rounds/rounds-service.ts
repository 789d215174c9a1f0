import type { ClientSession, Connection } from 'mongoose'
import type { Act } from '../../shared/act.js'
import type { Clock } from '../../shared/clock.js'
import type { Policy } from '../planning/index.js'
import { createRoundEntry, type RoundEntry } from './round-entry-service.js'
import { createRoundFiles, type RoundFiles } from './round-file-service.js'
import { createRoundService, type RoundService } from './round-service.js'
import { createUnmatchedNeeds, type UnmatchedNeeds } from './unmatched-service.js'

/** Everything that others do with rounds but their work. */
export interface Rounds extends RoundService, UnmatchedNeeds, Pick<RoundFiles, 'input' | 'plan'> {
  /** For whoever brings a round into line by another way than a person's start. */
  readonly entry: RoundEntry
}

interface Parts {
  readonly connection: Connection
  readonly clock: Clock
  readonly record: (session: ClientSession, act: Act) => Promise<void>
  readonly policy: () => Promise<Policy>
  readonly request: (roundId: string) => Promise<void>
  readonly abandon: (roundId: string) => Promise<void>
}

export function createRounds(parts: Parts): Rounds {
  const { connection } = parts
  const entry = createRoundEntry(parts)
  const service = createRoundService({ ...parts, entry })
  const files = createRoundFiles(connection)
  const unmatched = createUnmatchedNeeds({ connection, latestFor: (authority) => service.latestFor(authority) })
  return {
    ...service,
    ...unmatched,
    entry,
    input: (roundId) => files.input(roundId),
    plan: (roundId, key) => files.plan(roundId, key),
  }
}
