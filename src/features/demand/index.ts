export { demandPages, type DemandPagesParts } from './demand-pages.js'
export { createDemandService, type DemandService } from './demand-service.js'
