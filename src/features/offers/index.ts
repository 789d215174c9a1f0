export { isOpen, maySeeOffer, offerStates, type Offer, type OfferState, type OfferTerms } from './offer.js'
export { offerModel, type StoredOffer } from './offer-model.js'
export { createOfferService, type OfferService, type OfferSummary } from './offer-service.js'
export { createOfferUnits, type OfferUnits, type OpenOffer } from './offer-units-service.js'
