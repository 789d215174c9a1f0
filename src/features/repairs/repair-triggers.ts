import type { Need, NeedChoices, NeedService, NeedTerms } from '../needs/index.js'
import type { Offer, OfferService, OfferTerms } from '../offers/index.js'
import type { Asked } from './repair-event.js'

/** The same offers, whose changes are told where proposals may stand on them. */
export const offersThatTell = (offers: OfferService, asked: Asked): OfferService => ({
  ...offers,
  async edit(actor, id, version, written) {
    const was = await offers.read(actor, id)
    const now = await offers.edit(actor, id, version, written)
    if (was.state === 'published' && offersOtherwise(was, now)) {
      await asked({ event: 'offer-changed', subject: 'offer', id })
    }
    return now
  },
  async pause(actor, id) {
    const paused = await offers.pause(actor, id)
    await asked({ event: 'offer-paused', subject: 'offer', id })
    return paused
  },
  async withdraw(actor, id, reason) {
    const withdrawn = await offers.withdraw(actor, id, reason)
    await asked({ event: 'offer-withdrawn', subject: 'offer', id })
    return withdrawn
  },
})

/** The same needs, whose changes are told where proposals may stand on them. */
export const needsThatTell = (needs: NeedService, asked: Asked): NeedService => ({
  ...needs,
  async edit(actor, id, version, written) {
    const was = await needs.read(actor, id)
    const now = await needs.edit(actor, id, version, written)
    if (was.state === 'published' && asksOtherwise(was, now)) {
      await asked({ event: 'need-changed', subject: 'need', id })
    }
    return now
  },
  async pause(actor, id) {
    const paused = await needs.pause(actor, id)
    await asked({ event: 'need-paused', subject: 'need', id })
    return paused
  },
  async withdraw(actor, id, reason) {
    const withdrawn = await needs.withdraw(actor, id, reason)
    await asked({ event: 'need-withdrawn', subject: 'need', id })
    return withdrawn
  },
})

/** The same choices, of which those that may speak against a proposal are told. */
export const choicesThatTell = (choices: NeedChoices, asked: Asked): NeedChoices => ({
  ...choices,
  async choose(actor, needId, version, chosen) {
    const need = await choices.choose(actor, needId, version, chosen)
    if (need.state === 'published' && need.refusals.length > 0) {
      await asked({ event: 'need-changed', subject: 'need', id: needId })
    }
    return need
  },
})

/** Texts and value do not decide who can be served; more of the same takes nothing from anybody. */
const decisiveOfOffer = [
  'kind',
  'spec',
  'minPerSchool',
  'maxPerSchool',
  'territory',
  'wish',
  'levels',
  'validFrom',
  'validTo',
  'leadDays',
] as const satisfies readonly (keyof OfferTerms)[]

const offersOtherwise = (was: Offer, now: Offer): boolean =>
  now.quantity < was.quantity || decisiveOfOffer.some((name) => !isSame(was[name], now[name]))

const decisiveOfNeed = [
  'kind',
  'spec',
  'schoolUnitId',
  'urgency',
  'deadline',
] as const satisfies readonly (keyof NeedTerms)[]

const asksOtherwise = (was: Need, now: Need): boolean =>
  now.quantity !== was.quantity || decisiveOfNeed.some((name) => !isSame(was[name], now[name]))

/** Both are plain values out of the same schema, whose keys come in whatever order they were written. */
const isSame = (one: unknown, other: unknown): boolean => canonical(one) === canonical(other)

const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
