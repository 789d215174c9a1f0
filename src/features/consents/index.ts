export { consentPages, type ConsentPagesParts } from './consent-pages.js'
export { createConsentService, type ConsentService } from './consent-service.js'
