export {
  createDemonstrationService,
  type DemonstrationService,
  type DemonstrationState,
} from './demonstration-service.js'
