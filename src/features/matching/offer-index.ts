import type { EngineOffer } from './matching-input.js'

/** The offers that serve one kind of need, by where they are valid; each list in the order of the offers. */
interface KindOffers {
  total: number
  readonly national: number[]
  readonly authorities: Map<number, number[]>
  readonly municipalities: Map<number, number[]>
}

const none: readonly number[] = []

/** Finds the offers for a kind and a place without looking at the others. */
export class OfferIndex {
  private readonly kinds = new Map<number, KindOffers>()

  constructor(offers: readonly EngineOffer[]) {
    offers.forEach((offer, at) => {
      for (const { kind } of offer.serves) this.add(this.ofKind(kind), offer, at)
    })
  }

  /** How many offers serve the kind anywhere. */
  total(kind: number): number {
    return this.kinds.get(kind)?.total ?? 0
  }

  /** Three lists without a common element. */
  at(kind: number, authority: number, municipality: number): readonly (readonly number[])[] {
    const found = this.kinds.get(kind)
    if (found === undefined) return []
    return [found.national, found.authorities.get(authority) ?? none, found.municipalities.get(municipality) ?? none]
  }

  private ofKind(kind: number): KindOffers {
    const found = this.kinds.get(kind)
    if (found !== undefined) return found
    const made: KindOffers = { total: 0, national: [], authorities: new Map(), municipalities: new Map() }
    this.kinds.set(kind, made)
    return made
  }

  private add(lists: KindOffers, { territory }: EngineOffer, at: number): void {
    lists.total++
    if (territory.scope === 'national') {
      lists.national.push(at)
      return
    }
    for (const place of new Set(territory.places)) {
      if (place < 0) continue
      const list = lists[territory.scope].get(place)
      if (list === undefined) lists[territory.scope].set(place, [at])
      else list.push(at)
    }
  }
}
