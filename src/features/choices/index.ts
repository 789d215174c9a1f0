export { choicePages, type ChoicePagesParts } from './choice-pages.js'
export { createChoiceService, type ChoiceService } from './choice-service.js'
export { choicesSummary } from './choice-views.js'
