import { RuleViolation } from '../../shared/errors.js'
import { message, type Message } from '../../shared/message.js'
import type { Territory } from '../../shared/territory.js'
import { areaOf } from '../authorities/index.js'
import { reachOf } from './offer-reach.js'

/** What a company keeps for schools of some authorities: rounds give that part to nobody else. */
export interface Wish {
  /** Codes; some of those that the territory reaches, never all of them. */
  readonly authorities: readonly string[]
  /** Per cent of the quantity, 10 to 100. */
  readonly share: number
}

/** Per cent: less than the first is not worth a rule, more than the second does not exist. */
export const wishShares = { least: 10, most: 100 } as const

/** Units that the wish keeps: a part of a unit is a whole one. */
export const keptUnits = (wish: Wish, quantity: number): number => Math.ceil((wish.share * quantity) / 100)

/** Names of authorities in a message, whatever language it will be read in. */
export const areaNames = (codes: readonly string[]): readonly Message[] =>
  codes.map((code) => message('listings.value', { value: areaOf(code) }))

/** What was written of a wish; null when nothing was. Throws RuleViolation for half of it, naming the other half. */
export function wishFrom(share: number | undefined, authorities: readonly string[]): Wish | null {
  if (share === undefined && authorities.length === 0) return null
  if (share === undefined) throw new RuleViolation('offers.wish.no-share', { ...wishShares }, 'wishShare')
  if (authorities.length === 0) throw new RuleViolation('offers.wish.no-authority', undefined, 'wishAuthorities')
  return { share, authorities: [...new Set(authorities)] }
}

/** A wish has to fit where the offer is valid. Throws RuleViolation that names the field. */
export function checkWish({ wish, territory }: { readonly wish: Wish | null; readonly territory: Territory }): void {
  if (wish === null) return
  if (wish.share < wishShares.least || wish.share > wishShares.most)
    throw new RuleViolation('offers.wish.no-share', { ...wishShares }, 'wishShare')
  const reach = reachOf(territory)
  const outside = wish.authorities.filter((code) => !reach.includes(code))
  if (outside.length > 0) {
    throw new RuleViolation('offers.wish.outside', { places: areaNames(outside) }, 'wishAuthorities')
  }
  if (wish.authorities.length === reach.length) {
    throw new RuleViolation('offers.wish.everywhere', undefined, 'wishAuthorities')
  }
}
