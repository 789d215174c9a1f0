import type { Clock } from '../../shared/clock.js'
import type { Progress, RoundModel, StoredRound } from '../rounds/index.js'

/** Another attempt at the same round has begun: this one must not write any more. */
class LostRound extends Error {}

/** How a running round shows that it lives and how far it is. */
export interface Pulse {
  /** Stores the progress, at most twice a second; throws when another attempt has taken over. */
  step(progress: Progress): Promise<void>
  /** Stores it at once, with more about the round. */
  now(progress: Progress, also?: Partial<StoredRound>): Promise<void>
  /** Stores it with the next beat, without anybody waiting. */
  soon(progress: Progress): void
  /** Whether another attempt has taken over. */
  isLost(): boolean
  stop(): void
}

const beatEvery = 500
/** Where nothing moves on, life is shown less often. */
const quietBeats = 10

interface Parts {
  readonly rounds: RoundModel
  readonly round: StoredRound
  readonly clock: Clock
  /** Told once, as soon as it is found out: another attempt has taken over, or somebody has called the round off. */
  readonly onLost: () => void
}

export function pulseOf({ rounds, round, clock, onLost }: Parts): Pulse {
  let latest: Progress = round.progress
  let isNews = false
  let isLost = false
  let quiet = 0
  let stored = Promise.resolve()

  const write = async (also: Partial<StoredRound> = {}): Promise<void> => {
    isNews = false
    quiet = 0
    const { matchedCount } = await rounds.updateOne(
      { _id: round._id, attempt: round.attempt, isActive: true },
      { $set: { ...also, progress: latest, beatAt: clock() } },
    )
    if (matchedCount > 0 || isLost) return
    isLost = true
    onLost()
  }
  const checked = (): void => {
    if (isLost) throw new LostRound(`Round ${round.number} goes on elsewhere`)
  }
  const timer = setInterval(() => {
    quiet += 1
    if (!isNews && quiet < quietBeats) return
    // A beat that fails is a beat that is missing: the next one tries again.
    stored = stored.then(() => write()).catch(() => undefined)
  }, beatEvery)

  return {
    async step(progress) {
      latest = progress
      isNews = true
      await stored
      checked()
    },
    async now(progress, also) {
      latest = progress
      await stored
      await write(also)
      checked()
    },
    soon(progress) {
      latest = progress
      isNews = true
    },
    isLost: () => isLost,
    stop() {
      clearInterval(timer)
    },
  }
}
