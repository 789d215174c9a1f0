import assert from 'node:assert/strict'
import { whatToDo } from '../../../src/features/listings/usual-quantity.js'

const offer = { kind: 'DEV-LAPTOP', side: 'offer', students: null, was: null } as const
const need = { kind: 'DEV-LAPTOP', side: 'need', students: 24, was: null } as const

describe('A quantity', () => {
  it('that is usual is stored without a question', () => {
    assert.equal(whatToDo({ ...offer, quantity: 500 }, {}), 'store')
    assert.equal(whatToDo({ ...need, quantity: 24 }, {}), 'store')
  })

  it('that is far from the usual is asked about, until that very number was confirmed', () => {
    assert.equal(whatToDo({ ...offer, quantity: 5000 }, {}), 'ask')
    assert.equal(whatToDo({ ...offer, quantity: 5000 }, { confirmed: '5000' }), 'store')
    assert.equal(whatToDo({ ...offer, quantity: 50_000 }, { confirmed: '5000' }), 'ask')
  })

  it('above one for each student is asked about where each uses their own', () => {
    assert.equal(whatToDo({ ...need, quantity: 25 }, {}), 'ask')
    assert.equal(whatToDo({ ...need, quantity: 25, students: null }, {}), 'store')
    assert.equal(whatToDo({ ...need, kind: 'DEV-MICROBIT', quantity: 25 }, {}), 'store')
  })

  it('that is stored already is not asked about again', () => {
    assert.equal(whatToDo({ ...offer, quantity: 5000, was: 5000 }, {}), 'store')
    assert.equal(whatToDo({ ...offer, quantity: 6000, was: 5000 }, {}), 'ask')
  })

  it('that was not right is typed again', () => {
    assert.equal(whatToDo({ ...offer, quantity: 5000 }, { change: '1' }), 'change')
  })
})
