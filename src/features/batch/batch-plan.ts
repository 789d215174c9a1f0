import { stringify } from 'csv-stringify/sync'
import { defused } from '../../shared/rejected-csv.js'
import type { Translate } from '../../shared/message.js'
import type { RoundPlan } from '../planning/index.js'
import type { BatchInput } from './batch-input.js'

const planColumns = ['offer_id', 'need_id', 'school_id_govt', 'kind', 'quantity', 'tier', 'reason'] as const
const unmatchedColumns = ['need_id', 'school_id_govt', 'kind', 'tier', 'missing', 'reason_code', 'reason'] as const

/** `plan.csv`, one proposal a row; the first in tier first. */
export const planCsv = ({ proposals }: RoundPlan, t: Translate): string =>
  stringify(
    proposals.map(({ offerId, needId, schoolId, kind, quantity, tier, reason }) => ({
      offer_id: defused(offerId),
      need_id: defused(needId),
      school_id_govt: defused(schoolId),
      kind,
      quantity,
      tier,
      reason: t(reason),
    })),
    { header: true, columns: [...planColumns] },
  )

/** `unmatched.csv`, one need a row that is missing something. */
export const unmatchedCsv = ({ unmatched }: RoundPlan, t: Translate): string =>
  stringify(
    unmatched.map(({ needId, schoolId, kind, tier, missing, reasonCode, reason }) => ({
      need_id: defused(needId),
      school_id_govt: defused(schoolId),
      kind,
      tier,
      missing,
      reason_code: reasonCode,
      reason: t(reason),
    })),
    { header: true, columns: [...unmatchedColumns] },
  )

export interface Effort {
  /** Seconds to read the three files, and from the start to the end. */
  readonly read: number
  readonly total: number
  /** Bytes: the most that the process held. */
  readonly memory: number
}

const seconds = (value: number): number => Math.round(value * 1000) / 1000

/** The plan that a batch is given, and the hash of what was asked. */
export interface BatchOutcome {
  readonly plan: RoundPlan
  readonly inputHash: string
}

/** `summary.json`, as `docs/batch.md` describes it. */
export function summaryOf(
  { round, rejectedRows }: BatchInput,
  { plan: { figures }, inputHash }: BatchOutcome,
  effort: Effort,
) {
  return {
    needs: figures.needs,
    offers: figures.offers,
    schools: figures.schools,
    rejected_rows: rejectedRows,
    units_needed: figures.unitsNeeded,
    units_offered: figures.unitsOffered,
    units_served: figures.unitsServed,
    objective: figures.objective,
    bound: figures.bound,
    certified: figures.certified,
    tiers: figures.tiers.map(({ tier, unitsNeeded, unitsServed }) => ({
      tier,
      units_needed: unitsNeeded,
      units_served: unitsServed,
    })),
    partners: figures.partners,
    seconds: {
      read: seconds(effort.read),
      candidates: seconds(figures.seconds.candidates),
      solve: seconds(figures.seconds.solve),
      total: seconds(effort.total),
    },
    rss_mb: Math.round(effort.memory / 1e6),
    policy: `${round.policy.plan} ${round.policy.version}`,
    input_hash: inputHash,
  }
}

export type BatchSummary = ReturnType<typeof summaryOf>
