export {
  createDemonstrationService,
  type DemonstrationService,
  type DemonstrationState,
} from './demonstration-service.js'
export { signIns } from './demo-people.js'
export { playStory, type Stage } from './demo-story.js'
