export {
  isOpen,
  maySeeOffer,
  offerStates,
  type Offer,
  type OfferState,
  type OfferSummary,
  type OfferTerms,
} from './offer.js'
export { offerModel, type StoredOffer } from './offer-model.js'
export { createOfferService, type OfferService } from './offer-service.js'
export { createOfferUnits, type OfferUnits, type OpenOffer } from './offer-units-service.js'
export type { OpenNeedsOf } from './offer-demand.js'
export { areaNames } from './offer-wish.js'
export type { EffectOf } from './offer-preview-views.js'
export { territoryWords } from './offer-views.js'
export { offerPages } from './offer-pages.js'
