export {
  checkQuantity,
  longestReason,
  pots,
  promised,
  step,
  untouched,
  type Holdings,
  type Pot,
  type Transition,
} from './listing.js'
export { holdingFields, moveUnits, stepFields, type Move } from './listing-model.js'
export { newestFirst, oneOf, pageOf, rowsOnPage } from './newest-first.js'
export { searchWords } from '../../shared/search-words.js'
export { narrowedTo, type ListingFilter } from './listing-query.js'
export { languageOptions } from './listing-forms.js'
export { specificationFields, specificationFrom, specificationValues } from './specification-forms.js'
export { isUnusual, whatToDo } from './usual-quantity.js'
export * from './listing-views.js'
export type { Notice, NoticesFor, Outcome, OutcomeOf } from './listing-outcome-views.js'
export { askAboutQuantity, cursorOf, kindIn, readerOf } from './listing-pages.js'
