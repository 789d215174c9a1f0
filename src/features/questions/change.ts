import type { Prerequisite, SpecValue } from '../catalogue/index.js'
import type { RoundInput, RoundNeed, RoundOffer } from '../planning/index.js'

/** Something that could be otherwise; with it the question is solved again. Nobody is told to exaggerate a need. */
export type Change =
  /** The school has these, and the register says so. */
  | { readonly type: 'prerequisites'; readonly things: readonly Prerequisite[] }
  | { readonly type: 'refurbished' }
  /** ISO date, the earliest that helps. */
  | { readonly type: 'deadline'; readonly date: string }
  /** The need asks for so much in this dimension; null = for nothing in particular. */
  | { readonly type: 'specification'; readonly dimension: string; readonly value: SpecValue | null }
  | { readonly type: 'quantity'; readonly quantity: number }
  /** An offer that fits has another smallest delivery for one school, or another maximum. */
  | { readonly type: 'lot'; readonly offerId: string; readonly company: string; readonly units: number }
  | { readonly type: 'maximum'; readonly offerId: string; readonly company: string; readonly units: number }
  /** Somebody offers so many units more, just as they are asked for, for schools of this authority. */
  | { readonly type: 'supply'; readonly units: number; readonly kind: string; readonly authority: string }

/** Id and company of the offer that is not there. */
export const hypothetical = 'hypothetical'

/** The question with something changed about one need, its school or its offers. */
export function withChange(input: RoundInput, needId: string, change: Change): RoundInput {
  switch (change.type) {
    case 'prerequisites':
      return withPrerequisites(input, needId, change.things)
    case 'refurbished':
      return withNeed(input, needId, ({ spec }) => ({ spec: { ...spec, refurbished: true } }))
    case 'deadline':
      return withNeed(input, needId, () => ({ deadline: change.date }))
    case 'specification':
      return withNeed(input, needId, ({ spec }) => ({ spec: specWith(spec, change.dimension, change.value) }))
    case 'quantity':
      return withNeed(input, needId, () => ({ quantity: change.quantity }))
    case 'lot':
      return withOffer(input, change.offerId, { minPerSchool: change.units })
    case 'maximum':
      return withOffer(input, change.offerId, { maxPerSchool: change.units })
    case 'supply':
      return withSupply(input, needId, change)
  }
}

const withNeed = (input: RoundInput, needId: string, change: (need: RoundNeed) => Partial<RoundNeed>): RoundInput => ({
  ...input,
  needs: input.needs.map((need) => (need.id === needId ? { ...need, ...change(need) } : need)),
})

const withOffer = (input: RoundInput, offerId: string, change: Partial<RoundOffer>): RoundInput => ({
  ...input,
  offers: input.offers.map((offer) => (offer.id === offerId ? { ...offer, ...change } : offer)),
})

function withPrerequisites(input: RoundInput, needId: string, things: readonly Prerequisite[]): RoundInput {
  const schoolId = input.needs.find(({ id }) => id === needId)?.schoolId
  const more = Object.fromEntries(things.map((thing) => [thing, true]))
  return {
    ...input,
    schools: input.schools.map((school) =>
      school.id === schoolId ? { ...school, has: { ...school.has, ...more } } : school,
    ),
  }
}

function specWith(spec: RoundNeed['spec'], dimension: string, value: SpecValue | null): RoundNeed['spec'] {
  const { [dimension]: _asked, ...others } = spec
  return value === null ? others : { ...others, [dimension]: value }
}

function withSupply(
  input: RoundInput,
  needId: string,
  { units, authority }: Extract<Change, { type: 'supply' }>,
): RoundInput {
  const need = input.needs.find(({ id }) => id === needId)
  if (need === undefined) return input
  const { refurbished: _accepted, ...spec } = need.spec
  const offer = offerOfNobody({ kind: need.kind, spec, quantity: units, authority })
  return { ...input, offers: [...input.offers, offer] }
}

interface OfferedByNobody extends Pick<RoundOffer, 'kind' | 'spec' | 'quantity'> {
  /** Null = the whole country. */
  readonly authority: string | null
}

/** An offer without any limit besides its quantity and its territory, ready at once. */
export const offerOfNobody = ({ authority, ...what }: OfferedByNobody): RoundOffer => ({
  id: hypothetical,
  companyId: hypothetical,
  company: '',
  ...what,
  minPerSchool: null,
  maxPerSchool: null,
  territory: authority === null ? { scope: 'national' } : { scope: 'authorities', authorities: [authority] },
  levels: [],
  validFrom: null,
  validTo: null,
  leadDays: 0,
  wish: null,
})
