export { createHomeService, type HomeService } from './home-service.js'
export { homePages } from './home-pages.js'
