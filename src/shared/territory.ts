/** Where an offer is valid. Authorities by code (`USK`, `RS` ...), municipalities by slug (`banja-luka`), never by name. */
export type Territory =
  | { readonly scope: 'national' }
  | { readonly scope: 'authorities'; readonly authorities: readonly string[] }
  | { readonly scope: 'municipalities'; readonly municipalities: readonly string[] }

export interface Place {
  readonly authority: string
  readonly municipality: string
}

export function covers(territory: Territory, place: Place): boolean {
  switch (territory.scope) {
    case 'national':
      return true
    case 'authorities':
      return territory.authorities.includes(place.authority)
    case 'municipalities':
      return territory.municipalities.includes(place.municipality)
  }
}
