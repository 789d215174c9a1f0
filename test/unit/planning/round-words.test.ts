import { strict as assert } from 'node:assert'
import { loadWords } from '../../../src/locales/words.js'
import { locales } from '../../../src/shared/locale.js'
import { roundInstance } from '../../support/instances.js'
import { firstPlan, aRoundNeed, aRoundOffer, aRoundSchool } from '../../support/round-builders.js'

const words = loadWords()

describe('the reasons of a round', () => {
  it('have words in all five languages, without a gap', () => {
    const results = [1, 2].map((seed) => firstPlan(roundInstance(seed, { needs: 150, offers: 60 })))
    const messages = results.flatMap(({ proposals, unmatched }) =>
      [...proposals, ...unmatched].map(({ reason }) => reason),
    )
    const keys = new Set(messages.map(({ key }) => key))
    assert.ok(keys.size >= 6, [...keys].join())
    for (const locale of locales) {
      for (const reason of messages) {
        const text = words(locale).t(reason)
        assert.ok(text.length > 10 && !/undefined|\{\{|\[object|rounds\./.test(text), text)
      }
    }
  })

  it('say why this school', () => {
    const schools = [
      aRoundSchool({ isBranch: true, tier: 1, has: { electricity: true, connectivity: false, devices: true } }),
    ]
    const needs = [aRoundNeed({ urgency: 3, deadline: '2027-03-31' })]
    const offers = [aRoundOffer({ territory: { scope: 'municipalities', municipalities: ['bihac'] } })]
    const [proposal] = firstPlan({ schools, needs, offers }).proposals
    assert.equal(
      words('en').t(proposal!.reason),
      'The school is in tier 1 (the most marginalised fifth of schools): a branch school and no internet. ' +
        'The need is urgent, for 31 March 2027 at the latest. No other need can use this offer. The offer is for this municipality.',
    )
  })

  it('say why not this one', () => {
    const offers = [
      aRoundOffer({ spec: { ramGb: 4 } }),
      aRoundOffer({ id: 'offer-2', territory: { scope: 'authorities', authorities: ['RS'] } }),
    ]
    const [unmatched] = firstPlan({ offers, needs: [aRoundNeed({ spec: { ramGb: 8 } })] }).unmatched
    assert.equal(
      words('en').t(unmatched!.reason),
      '2 offers of this kind were looked at and none fits: not valid at this place (1) and Memory (1).',
    )
    assert.equal(
      words('bs').t(unmatched!.reason),
      'Pregledane su 2 ponude ove vrste i nijedna ne odgovara: ne vrijedi u tom mjestu (1) i Radna memorija (1).',
    )
  })
})
