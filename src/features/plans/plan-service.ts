import type { Connection } from 'mongoose'
import type { Act } from '../../shared/act.js'
import type { Actor } from '../../shared/actor.js'
import type { Clock } from '../../shared/clock.js'
import { ConflictError, ForbiddenError, NotFoundError, RuleViolation } from '../../shared/errors.js'
import type { PlanComparison, PlanKey } from '../planning/index.js'
import type { AnswerTo, Question } from '../questions/index.js'
import { alreadyRunning, roundModel, toRound, type Round, type Rounds, type StoredRound } from '../rounds/index.js'
import { mayChoosePlan, planOf, type ChoiceObstacle } from './plan-choice.js'

/** What people do with the plans of a round. */
export interface PlanService {
  /** Two plans of a round side by side; a coordinator reads the names of schools of the own authorities. Throws NotFoundError. */
  compare(actor: Actor, roundId: string, plans: Compared): Promise<PlanComparison>
  /** Null when another plan of the round can be chosen. */
  obstacle(round: Round): Promise<ChoiceObstacle | null>
  /**
   * Puts another plan of the round into the queues: recorded with the reason, then published as the difference to what
   * stands. Throws NotFoundError, ForbiddenError, RuleViolation (the plan is in the queues already) and ConflictError.
   */
  choose(actor: Actor, roundId: string, wish: Wish): Promise<Round>
}

export interface Compared {
  readonly one: PlanKey
  readonly other: PlanKey
}

interface Wish {
  readonly plan: PlanKey
  readonly reason: string
}

interface Parts {
  readonly connection: Connection
  readonly clock: Clock
  readonly rounds: Pick<Rounds, 'read' | 'input' | 'plan' | 'active' | 'entry'>
  /** Whether somebody has decided a proposal of these authorities since. */
  readonly hasDecided: (scope: readonly string[], since: Date) => Promise<boolean>
  readonly ask: <Q extends Question>(input: Uint8Array, question: Q) => Promise<AnswerTo<Q>>
}

export function createPlanService({ connection, clock, rounds, hasDecided, ask }: Parts): PlanService {
  const stored = roundModel(connection)

  const hasNewer = async ({ number, scope }: Round): Promise<boolean> =>
    (await stored.exists({ scope: { $in: scope }, number: { $gt: number }, state: 'finished' })) !== null

  const obstacle = async (round: Round): Promise<ChoiceObstacle | null> => {
    if (round.state !== 'finished') return 'plans.refused.not-finished'
    if (!round.hasFiles) return 'plans.refused.not-kept'
    if (await hasNewer(round)) return 'plans.refused.not-latest'
    return (await hasDecided(round.scope, round.gatheredAt ?? round.requestedAt)) ? 'plans.refused.decided' : null
  }

  return {
    async compare(actor, roundId, { one, other }) {
      const round = await rounds.read(roundId)
      if (planOf(round, one) === null || planOf(round, other) === null) throw new NotFoundError('plans.no-such-plan')
      const [input, before, after] = await Promise.all([
        rounds.input(roundId),
        rounds.plan(roundId, one),
        rounds.plan(roundId, other),
      ])
      const authorities = actor.role === 'coordinator' ? [...actor.authorities] : null
      return ask(input, { type: 'compare', before, after, authorities })
    },
    obstacle,
    async choose(actor, roundId, { plan, reason }) {
      const round = await rounds.read(roundId)
      if (!mayChoosePlan(actor, round)) throw new ForbiddenError('plans.may-not-choose')
      if (planOf(round, plan) === null) throw new RuleViolation('plans.no-such-plan', undefined, 'plan')
      if (round.choice?.plan === plan) throw new RuleViolation('plans.is-chosen', undefined, 'plan')
      const refusal = await obstacle(round)
      if (refusal !== null) throw new ConflictError(refusal)
      const by = { id: actor.id, name: actor.name }
      const pending = { plan, by, at: clock(), reason }
      const { attempt, scope } = round
      const where = { _id: await idOf(roundId), state: 'finished' as const, attempt, scope }
      const again = await rounds.entry.again(where, {
        change: { pending, isStored: false },
        act: chosen(actor, round, { plan, reason }),
      })
      if (again === null) throw alreadyRunning((await rounds.active(scope))[0])
      return toRound(again)
    },
  }

  async function idOf(roundId: string): Promise<StoredRound['_id']> {
    const { _id } = await stored.findById(roundId, { _id: 1 }).lean<StoredRound>().orFail()
    return _id
  }
}

const chosen = (by: Actor, { id, number, choice }: Round, { plan, reason }: Wish): Act => ({
  act: 'round.plan-chosen',
  by: by.id,
  subject: { type: 'round', id },
  details: { number, plan, before: choice?.plan ?? null, reason },
})
