export { demandOfOffer, type OfferEffect } from './offer-effect.js'
export type { EffectRow, EffectSchool, PlanEffect, Reach } from './plan-effect.js'
export type * from './question.js'
export { QuestionCancelled, runQuestion } from './question-run.js'
