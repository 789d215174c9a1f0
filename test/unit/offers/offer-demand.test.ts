import assert from 'node:assert/strict'
import { demandFor, demandOf, mostNeeds, type DemandedNeed } from '../../../src/features/offers/offer-demand.js'
import { reachOf } from '../../../src/features/offers/offer-reach.js'
import { anOffer } from '../../support/builders-listings.js'

const today = '2026-11-24'
const demanded = (authority: string, about: Partial<DemandedNeed> = {}): DemandedNeed => ({
  kind: 'DEV-LAPTOP',
  spec: {},
  quantity: 5,
  deadline: null,
  tier: 3,
  school: {
    authority,
    municipality: 'bihac',
    level: 'primary',
    has: { electricity: true, connectivity: true, devices: true },
  },
  ...about,
})

describe('The demand for an offer', () => {
  it('counts the needs that it satisfies, by authority and tier, most needs first', () => {
    const needs = [
      demanded('KS'),
      demanded('USK', { tier: 1, quantity: 2 }),
      demanded('USK', { tier: 1 }),
      demanded('USK', { spec: { ramGb: 32 } }),
    ]
    assert.deepEqual(demandFor(anOffer(), needs, today), {
      needs: 3,
      units: 12,
      authorities: [
        { authority: 'USK', needs: 2, units: 7, tiers: [2, 0, 0, 0, 0] },
        { authority: 'KS', needs: 1, units: 5, tiers: [0, 0, 1, 0, 0] },
      ],
      isPartial: false,
    })
  })

  it('of one that begins later is that of its first day', () => {
    assert.equal(demandFor(anOffer({ validFrom: '2026-12-01' }), [demanded('KS')], today).needs, 1)
    const late = anOffer({ validFrom: '2026-12-01' })
    assert.equal(demandFor(late, [demanded('KS', { deadline: '2026-12-15' })], today).needs, 0)
  })

  it('says that it is at least so many when not all needs were looked at', () => {
    const many = Array.from({ length: mostNeeds }, () => demanded('KS'))
    assert.equal(demandFor(anOffer(), many, today).isPartial, true)
  })

  it('asks only for kinds it can serve and places it reaches, and for nothing when it serves no kind', async () => {
    const asked: unknown[] = []
    const ask = (...question: unknown[]) => {
      asked.push(question)
      return Promise.resolve([])
    }
    await demandOf(anOffer({ reach: ['TK'] }), ask, today)
    await demandOf(anOffer({ kind: 'MONEY', spec: {} }), ask, today)
    assert.deepEqual(asked, [[['DEV-LAPTOP'], ['TK'], mostNeeds]])
  })
})

describe('The reach of an offer', () => {
  it('is every deciding authority, those it names, or those of its municipalities, each once', () => {
    assert.equal(reachOf({ scope: 'national' }).length, 12)
    assert.deepEqual(reachOf({ scope: 'authorities', authorities: ['TK', 'KS', 'TK', 'XX'] }), ['TK', 'KS'])
    const places = ['bihac', 'cazin', 'banja-luka', 'atlantis']
    assert.deepEqual(reachOf({ scope: 'municipalities', municipalities: places }), ['USK', 'RS'])
  })
})
