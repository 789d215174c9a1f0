import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Types } from 'mongoose'
import { createApp } from '../../src/app.js'
import { readConfig } from '../../src/config.js'
import { openDatabase } from '../../src/db/connect.js'
import { createIndexes } from '../../src/db/indexes.js'
import { offerModel } from '../../src/features/offers/index.js'
import { createServices } from '../../src/services.js'
import { aCompany } from '../support/builders-register.js'
import { anOffer } from '../support/builders-listings.js'
import { bareApp } from './bare-offers-app.js'

// `offers-server.js spona|bare`: serves a list of 10,000 offers, and says on which port it does.

const offersStored = 10_000
const companiesStored = 22

const database = await openDatabase({ directory: null })
const { connection } = database
const config = readConfig({
  NODE_ENV: 'production',
  LOG_LEVEL: 'silent',
  SESSION_SECRET: 'a secret that is only for the bench',
})
const services = createServices(config, database)
await createIndexes(connection)

const companies: string[] = []
for (let n = 0; n < companiesStored; n += 1) {
  companies.push((await services.organisations.createCompany(aCompany({ name: `Company ${n}` }))).id)
}
const offers = Array.from({ length: offersStored }, (_, n) => {
  const {
    id: _id,
    companyId: _companyId,
    ...offer
  } = anOffer({ title: `Offer number ${n}`, updatedAt: new Date(1_790_000_000_000 + n * 1000) })
  const company = new Types.ObjectId(companies[n % companiesStored])
  return { ...offer, companyId: company, words: ['offer', 'number', String(n)] }
})
for (let from = 0; from < offers.length; from += 1000) {
  await offerModel(connection).insertMany(offers.slice(from, from + 1000), { ordered: false })
}
await services.accounts.create({
  email: 'bench@example.ba',
  name: 'Bench',
  role: 'national-coordinator',
  password: 'a-long-enough-password',
})

const app = process.argv[2] === 'bare' ? bareApp(connection) : createApp(services)
const server = createServer(app)
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`${(server.address() as AddressInfo).port}\n`)
})
process.once('SIGTERM', () => {
  server.closeAllConnections()
  server.close(() => {
    void database.close().then(() => process.exit(0))
  })
})
