import { confirmExplanations, solveMatching } from '../../../src/features/matching/index.js'
import { phaseOf, readQuestion, tell } from './phase.js'

// Why needs get nothing: for a sample of them, what the plan says is solved again just below and just above.
const { file, sample } = phaseOf(process.argv.slice(2))
const { asked, confirmed } = confirmExplanations(solveMatching(readQuestion(file)), sample)
tell({ explanations_asked: asked, explanations_confirmed: confirmed })
