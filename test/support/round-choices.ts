import type { RoundInput } from '../../src/features/planning/index.js'
import { SeededRandom } from './seeded-random.js'

/** The same round with wishes of companies, and with rankings and refusals of schools, drawn from a seed. */
export function withChoices(input: RoundInput, seed: number): RoundInput {
  const random = new SeededRandom(seed)
  const authorities = [...new Set(input.schools.map(({ authority }) => authority))].sort()
  const some = (): string[] => {
    const offers = random.sample(input.offers, random.between(1, 4))
    return offers.map(({ id, companyId }) => (random.chance(0.3) ? companyId : id))
  }
  return {
    ...input,
    offers: input.offers.map((offer) => {
      const wish = { authorities: random.sample(authorities, random.between(1, 3)), share: random.between(1, 10) / 10 }
      return random.chance(0.4) ? { ...offer, wish } : offer
    }),
    needs: input.needs.map((need) => {
      const refused = random.chance(0.3) ? some() : []
      const ranking = random.chance(0.3) ? some().filter((id) => !refused.includes(id)) : []
      return { ...need, ranking, refused }
    }),
    served: Object.fromEntries(authorities.map((code) => [code, random.next()])),
  }
}
