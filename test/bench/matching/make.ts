import { compileRound } from '../../../src/features/planning/index.js'
import { roundInstance } from '../../support/instances.js'
import { keepQuestion, phaseOf, tell } from './phase.js'

// One kind a category: as few and as large flows as the categories allow, the hardest that this size can be.
const { file, seed, needs, offers } = phaseOf(process.argv.slice(2))
keepQuestion(file, compileRound(roundInstance(seed, { needs, offers, fewKinds: true })))
tell({})
