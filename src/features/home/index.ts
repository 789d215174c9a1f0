export { createHomeService, type HomeService, type PublicFigures } from './home-service.js'
export { homePages } from './home-pages.js'
