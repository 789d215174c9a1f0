export type { CheckedExplanation } from './explanation.js'
export { explanationPages, type ExplanationPagesParts } from './explanation-pages.js'
export { createExplanationService, type ExplanationService } from './explanation-service.js'
