export { planPages } from './plan-pages.js'
export { createPlanService, type PlanService } from './plan-service.js'
