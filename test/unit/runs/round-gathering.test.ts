import assert from 'node:assert/strict'
import { authorityCodes } from '../../../src/features/authorities/index.js'
import type { InputRows } from '../../../src/features/planning/index.js'
import type { Promised, ProposalStore } from '../../../src/features/runs/index.js'
import { rowsOf, type Gathered } from '../../../src/features/runs/round-gathering.js'
import { aNeed, anOffer } from '../../support/builders-listings.js'

const offer = (about: Parameters<typeof anOffer>[0]) => anOffer({ id: 'offer', ...about })

/** What a round is asked when these are open and so much was promised before. */
async function asked({ offers = [offer({})], needs = [aNeed()], promised = [] as readonly Promised[] }) {
  const gathered: Gathered = {
    offers: new Map(offers.map((one) => [one.id, one])),
    needs: new Map(needs.map((one) => [one.id, one])),
    schools: new Map(),
    companies: new Map(),
  }
  const proposals: Pick<ProposalStore, 'standing' | 'rejected' | 'promised'> = {
    standing: () => Promise.resolve([]),
    rejected: () => Promise.resolve([]),
    promised: () => Promise.resolve(promised),
  }
  const found: Partial<InputRows>[] = []
  for await (const rows of rowsOf(gathered, proposals as ProposalStore, authorityCodes)) found.push(rows)
  return {
    offers: found.flatMap((rows) => rows.offers ?? []),
    needs: found.flatMap((rows) => rows.needs ?? []),
  }
}

const given = (authority: string, quantity: number): Promised => ({
  offerId: 'offer',
  schoolId: 'school',
  kind: 'DEV-LAPTOP',
  authority,
  quantity,
})

describe('What a round is asked', () => {
  it('carries the wish of a company, less what its schools were promised already', async () => {
    const wish = { authorities: ['USK'], share: 40 }
    const wishAfter = async (available: number, promised: readonly Promised[]) =>
      (await asked({ offers: [offer({ quantity: 20, available, wish })], promised })).offers[0]?.wish ?? null
    assert.deepEqual(await wishAfter(20, []), { authorities: ['USK'], share: 0.4 })
    // 8 of 20 are kept; 3 of them went to the schools that they are kept for, 7 others to somebody else.
    assert.deepEqual(await wishAfter(10, [given('USK', 3), given('RS', 7)]), { authorities: ['USK'], share: 0.5 })
    assert.equal(await wishAfter(12, [given('USK', 8)]), null)
    // Others were promised more than was free: all that is left is kept.
    assert.deepEqual(await wishAfter(5, [given('RS', 15)]), { authorities: ['USK'], share: 1 })
  })

  it('carries the order of a school, and its refusals as offers or companies', async () => {
    const refusal = { reason: '', by: 'somebody', at: new Date() }
    const need = aNeed({
      ranking: ['o1', 'o2'],
      refusals: [
        { ...refusal, offerId: 'o3', companyId: 'c3' },
        { ...refusal, offerId: null, companyId: 'c4' },
      ],
    })
    const [found] = (await asked({ needs: [need] })).needs
    assert.deepEqual(
      [found?.ranking, found?.refused],
      [
        ['o1', 'o2'],
        ['o3', 'c4'],
      ],
    )
  })
})
