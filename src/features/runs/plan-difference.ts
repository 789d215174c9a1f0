import type { RoundProposal } from '../planning/index.js'
import type { PlanChanges } from '../rounds/index.js'
import type { Pair, Renewal, StandingProposal } from './round-ports.js'

/**
 * What a new plan makes of the proposals that stand: those whose pair and quantity are in the plan stay as they are, so that
 * nobody has to read again what has not changed.
 */
export class PlanDifference {
  private readonly standing: Map<string, StandingProposal>
  private readonly decided: ReadonlySet<string>
  private readonly before: number
  private readonly renewed: Renewal[] = []
  private kept = 0
  private changed = 0
  private fresh = 0

  /** `decided` are pairs that somebody has decided since the plan's question was read: they are not proposed again. */
  constructor(standing: readonly StandingProposal[], decided: readonly Pair[]) {
    this.standing = new Map(standing.map((one) => [keyOf(one), one]))
    this.decided = new Set(decided.map(keyOf))
    this.before = standing.length
  }

  /** Whether the proposal counts at all, and whether it is one that stands already. */
  take(proposal: RoundProposal): 'stays' | 'is-new' | 'is-decided' {
    const key = keyOf(proposal)
    const was = this.standing.get(key)
    if (was?.quantity === proposal.quantity) {
      this.standing.delete(key)
      this.kept += 1
      if (orderOf(was) !== orderOf(proposal)) this.renewed.push({ id: was.id, needsFirst: proposal.needsFirst })
      return 'stays'
    }
    if (was === undefined && this.decided.has(key)) return 'is-decided'
    if (was === undefined) this.fresh += 1
    else this.changed += 1
    return 'is-new'
  }

  /** Ids of the proposals that make way, once the whole plan was taken. */
  gone(): readonly string[] {
    return [...this.standing.values()].map(({ id }) => id)
  }

  /** Proposals that stay and have something else to wait for. */
  renewals(): readonly Renewal[] {
    return this.renewed
  }

  changes(): PlanChanges {
    const { before, kept, changed, fresh } = this
    return { standing: before, kept, changed, fresh, gone: before - kept - changed }
  }
}

const orderOf = ({ needsFirst }: Pick<StandingProposal, 'needsFirst'>): string => needsFirst.map(keyOf).sort().join()

const keyOf = ({ offerId, needId }: Pair): string => `${offerId} ${needId}`
