import express, { type Express } from 'express'
import Handlebars from 'handlebars'
import type { Connection, Types } from 'mongoose'
import { companyModel } from '../../src/features/organisations/company-model.js'
import { offerModel } from '../../src/features/offers/index.js'

const list =
  Handlebars.compile(`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Offers</title></head><body>
<h1>Offers</h1><ul>{{#each offers}}<li><h2><a href="/offers/{{_id}}">{{title}}</a></h2><p>{{company}}</p>
<ul><li>{{kind}}</li><li>{{state}}</li><li>{{validTo}}</li></ul><dl><dt>offered</dt><dd>{{quantity}}</dd><dt>left</dt><dd>{{available}}</dd></dl></li>{{/each}}</ul>
<a href="/offers?after={{next}}">Next</a></body></html>`)

interface Row {
  readonly _id: Types.ObjectId
  readonly companyId: Types.ObjectId
}

/** The least that prints the same rows: the same two queries, one template; no sessions, words, forms or headers. */
export function bareApp(connection: Connection): Express {
  const app = express()
  const offers = offerModel(connection)
  const companies = companyModel(connection)
  app.get('/offers', async (_req, res) => {
    const rows = await offers
      .find({}, { history: 0, spec: 0, description: 0, conditions: 0, valueNote: 0, words: 0 })
      .sort({ updatedAt: -1, _id: -1 })
      .limit(21)
      .lean<Row[]>()
    const known = await companies.find({ _id: { $in: rows.map((row) => row.companyId) } }, { name: 1 }).lean()
    const names = new Map(known.map((company) => [String(company._id), company.name]))
    const shown = rows.slice(0, 20).map((row) => ({ ...row, company: names.get(String(row.companyId)) }))
    res.send(list({ offers: shown, next: shown.at(-1)?._id }))
  })
  return app
}
