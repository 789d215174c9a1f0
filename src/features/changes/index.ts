export { changePages } from './change-pages.js'
export { createChangeService, type ChangeService } from './change-service.js'
