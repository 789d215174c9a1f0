import assert from 'node:assert/strict'
import { checkTerms } from '../../../src/features/offers/offer.js'
import { keptUnits, wishFrom, type Wish } from '../../../src/features/offers/offer-wish.js'
import { RuleViolation } from '../../../src/shared/errors.js'
import type { Territory } from '../../../src/shared/territory.js'
import { anOffer } from '../../support/builders-listings.js'

const refusal = (act: () => unknown): [string, string | undefined] | null => {
  try {
    act()
    return null
  } catch (error) {
    if (!(error instanceof RuleViolation)) throw error
    return [error.words.key, error.field]
  }
}

const written = (wish: Wish, territory: Territory = { scope: 'national' }) =>
  refusal(() => {
    checkTerms(anOffer({ wish, territory }))
  })

describe('The wish of a company', () => {
  it('is nothing when nothing was written, and half of it is refused at the other half', () => {
    assert.equal(wishFrom(undefined, []), null)
    assert.deepEqual(wishFrom(40, ['USK', 'PK', 'USK']), { share: 40, authorities: ['USK', 'PK'] })
    assert.deepEqual(
      refusal(() => wishFrom(undefined, ['USK'])),
      ['offers.wish.no-share', 'wishShare'],
    )
    assert.deepEqual(
      refusal(() => wishFrom(40, [])),
      ['offers.wish.no-authority', 'wishAuthorities'],
    )
  })

  it('is for some of the authorities where the offer is valid, not for others and not for all', () => {
    const usk = { share: 40, authorities: ['USK'] }
    assert.equal(written(usk), null)
    assert.equal(written(usk, { scope: 'authorities', authorities: ['USK', 'PK'] }), null)
    assert.equal(written(usk, { scope: 'municipalities', municipalities: ['bihac', 'banja-luka'] }), null)
    const outside = ['offers.wish.outside', 'wishAuthorities']
    assert.deepEqual(written(usk, { scope: 'authorities', authorities: ['RS', 'PK'] }), outside)
    const everywhere = ['offers.wish.everywhere', 'wishAuthorities']
    assert.deepEqual(written(usk, { scope: 'authorities', authorities: ['USK'] }), everywhere)
    assert.deepEqual(written(usk, { scope: 'municipalities', municipalities: ['bihac', 'cazin'] }), everywhere)
  })

  it('keeps whole units: a part of one is a whole one', () => {
    const usk = (share: number) => ({ share, authorities: ['USK'] })
    assert.deepEqual(
      [keptUnits(usk(40), 20), keptUnits(usk(10), 3), keptUnits(usk(100), 7), keptUnits(usk(70), 10)],
      [8, 1, 7, 7],
    )
  })
})
