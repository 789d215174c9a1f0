import { measureRounds } from '../rounds.js'
import { phaseOf, rounded, tell } from './phase.js'

// Two rounds in a server of its own that has so many listings stored, while somebody reads its pages.
// Storing 110,000 listings first would take longer than all else, so that the largest size has no figure.
const { size, needs, offers } = phaseOf(process.argv.slice(2))
if (size === '100k') tell({})
else {
  const { first, second } = await measureRounds({ needs, offers })
  tell({
    loop_p99_ms: rounded(Math.max(first.loop_p99_ms, second.loop_p99_ms)),
    loop_max_ms: rounded(Math.max(first.loop_max_ms, second.loop_max_ms)),
  })
}
