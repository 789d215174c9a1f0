export type { Asked, RepairEvent } from './repair-event.js'
export { createRepairRequests, type RepairRequests } from './repair-request-service.js'
export { choicesThatTell, needsThatTell, offersThatTell } from './repair-triggers.js'
