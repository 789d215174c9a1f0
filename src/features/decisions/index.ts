export { decisionPages, type DecisionPagesParts } from './decision-pages.js'
export { createDecisionService, type DecisionService, type Outcome } from './decision-service.js'
export { createBooks } from './match-books-service.js'
