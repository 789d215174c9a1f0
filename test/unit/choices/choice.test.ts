import assert from 'node:assert/strict'
import { answerTo, candidateFor, chosenFrom, kindsServing } from '../../../src/features/choices/choice.js'
import { aNeed, anOffer } from '../../support/builders-listings.js'

const today = '2026-11-24'
const has = { electricity: true, connectivity: true, devices: true }
const school = { authority: 'KS', municipality: 'ilidza', level: 'primary', has } as const
const [first, second, third] = ['1', '2', '3'].map((digit) =>
  anOffer({ id: digit.repeat(24), companyId: 'c'.repeat(24) }),
)

describe('The offers that a school chooses among', () => {
  it('are of every kind that can meet the need', () => {
    assert.deepEqual([...kindsServing('DEV-LAPTOP')].sort(), ['DEV-LAPTOP', 'DEV-USED'])
  })

  it('keep every hard rule but what a bundle may bring first, which is named', () => {
    const need = aNeed({ spec: { ramGb: 8 } })
    const judge = (about: Partial<typeof school> | { has: typeof has }, offer = anOffer()) =>
      candidateFor({ offer, company: 'Iskra' }, { need, school: { ...school, ...about } }, today)
    assert.deepEqual(judge({})?.lacks, [])
    const dark = judge({ has: { ...has, electricity: false } })
    assert.deepEqual(dark?.lacks, [{ key: 'catalogue.prerequisite.electricity' }])
    assert.equal(judge({}, anOffer({ spec: { ramGb: 4 } })), null)
    assert.equal(judge({}, anOffer({ territory: { scope: 'authorities', authorities: ['RS'] } })), null)
  })

  it('show the answer that was stored', () => {
    const refusal = { offerId: second?.id ?? '', companyId: 'c', reason: 'Too big', by: 'a', at: new Date() }
    const need = aNeed({ ranking: [third?.id ?? '', first?.id ?? ''], refusals: [refusal] })
    const shown = [first, second, third].map((offer) => answerTo(offer ?? anOffer(), need))
    assert.deepEqual(shown, [
      { answer: '2', reason: '' },
      { answer: 'offer', reason: 'Too big' },
      { answer: '1', reason: '' },
    ])
  })
})

describe('The answers of one page', () => {
  const kept = { offerId: '9'.repeat(24), companyId: '8'.repeat(24), reason: '', by: 'a', at: new Date() }
  const company = { offerId: null, companyId: '7'.repeat(24), reason: '', by: 'a', at: new Date() }
  const answer = (offer = anOffer(), said: '1' | '2' | '3' | 'offer' | 'company' | undefined, reason = '') => ({
    offer,
    answer: said,
    reason,
  })

  it('put offers in order without gaps', () => {
    const chosen = chosenFrom(aNeed(), [answer(first, '3'), answer(second, undefined), answer(third, '2')], [])
    assert.deepEqual(chosen.ranking, [third?.id, first?.id])
  })

  it('leave refusals of other pages alone, and take back what is welcome again', () => {
    const need = aNeed({ refusals: [kept, company] })
    const chosen = chosenFrom(need, [answer(first, 'offer', 'Too heavy')], [company.companyId])
    assert.deepEqual(
      chosen.refusals.map(({ offerId, companyId, reason }) => [offerId, companyId, reason]),
      [
        [kept.offerId, kept.companyId, ''],
        [first?.id, first?.companyId, 'Too heavy'],
      ],
    )
    assert.deepEqual(chosenFrom(need, [answer(first, 'company')], []).refusals.length, 3)
  })

  it('take back a refusal that was shown and is no longer given', () => {
    const refused = { ...kept, offerId: first?.id ?? '' }
    assert.deepEqual(chosenFrom(aNeed({ refusals: [refused] }), [answer(first, undefined)], []).refusals, [])
  })
})
