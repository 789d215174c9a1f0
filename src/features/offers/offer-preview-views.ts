import type { Reader } from '../listings/index.js'
import type { Actor } from '../../shared/actor.js'
import { demandOf, type OpenNeedsOf } from './offer-demand.js'
import { demandView } from './offer-demand-views.js'
import type { Offer, OfferTerms } from './offer.js'
import { reachOf } from './offer-reach.js'

/** An offer as it is typed, with what is left of the stored one. */
export type TypedOffer = OfferTerms & Pick<Offer, 'id' | 'companyId' | 'available' | 'reach'>

/** Given by whoever knows rounds: what the last one would do with an offer, a sentence each. */
export type EffectOf = (reader: Reader, actor: Actor, offer: TypedOffer) => Promise<readonly string[]>

interface Parts {
  readonly openNeedsOf: OpenNeedsOf
  readonly effectOf: EffectOf
  readonly today: string
}

/** No offer has this id yet: what is typed for the first time is added to those that there are. */
const unsaved = '0'.repeat(24)

/** What is typed as an offer: of what is stored, the part that was promised is off. */
export function typedOffer(terms: OfferTerms, actor: Actor, stored: Offer | null): TypedOffer {
  const promised = stored === null ? 0 : stored.quantity - stored.available
  return {
    ...terms,
    id: stored?.id ?? unsaved,
    companyId: actor.organisation ?? '',
    available: Math.max(0, terms.quantity - promised),
    reach: reachOf(terms.territory),
  }
}

/** What an offer would meet, before it is saved: the needs that it fits, and what the last round would do with it. */
export async function previewOf(reader: Reader, actor: Actor, offer: TypedOffer, parts: Parts) {
  const [demand, effect] = await Promise.all([
    demandOf(offer, parts.openNeedsOf, parts.today),
    parts.effectOf(reader, actor, offer),
  ])
  return { ...demandView(reader, offer, demand), effect, title: reader.t('offers.preview.title') }
}
