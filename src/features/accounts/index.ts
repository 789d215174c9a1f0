export { type Account } from './account.js'
export { createAccountService, type AccountService, type NewAccount } from './account-service.js'
export { accountPages } from './account-pages.js'
export { setUpSignIn } from './sign-in.js'
