export {
  mayEditNeed,
  maySeeNeed,
  notNow as needNotNow,
  needStates,
  type Need,
  type NeedState,
  type NeedSummary,
  type NeedTerms,
  type NeedUnit,
  type Urgency,
} from './need.js'
export { needModel, type StoredNeed } from './need-model.js'
export { createNeedService, type NeedService } from './need-service.js'
export { createNeedChoices, type NeedChoices } from './need-choice-service.js'
export { choiceLimits, refusedId, type Choices, type ChosenTerms, type Refusal } from './need-choices.js'
export { createNeedUnits, type NeedUnits, type OpenNeed } from './need-units-service.js'
export { openDemandOn } from './need-demand-service.js'
export { needPages } from './need-pages.js'
export { followRegisterOn } from './need-register-service.js'
