export { wishCostPages, type WishCostPagesParts } from './wish-cost-pages.js'
export { createWishCostService, type WishCostService } from './wish-cost-service.js'
