export * from './authority.js'
export * from './municipality.js'
