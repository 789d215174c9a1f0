import { fold } from '../../shared/text.js'
import { isAuthorityCode, type AuthorityCode, type Names } from './authority.js'
import list from './municipality-list.json' with { type: 'json' }

/**
 * One of the 143 municipalities, towns and the district. Known by its slug, never by its name: there are two of Trnovo
 * and Kupres, and Pale is not Pale-Prača. Sources: Wikidata (CC0), census 2013 (the populations sum to 3,531,159).
 */
export interface Municipality {
  readonly slug: string
  /** In Latin script. */
  readonly name: string
  readonly nameCyrillic: string
  readonly authority: AuthorityCode
  readonly isCity: boolean
  /** The seat, in degrees. */
  readonly latitude: number
  readonly longitude: number
  readonly population2013: number
  /** A point inside the area, to put a marker on. */
  readonly labelLatitude: number
  readonly labelLongitude: number
}

export const municipalities: readonly Municipality[] = list.map(({ authority, ...rest }) => {
  if (!isAuthorityCode(authority)) throw new RangeError(`${rest.slug} is under an unknown authority: ${authority}`)
  return { ...rest, authority }
})

const bySlug = new Map(municipalities.map((municipality) => [municipality.slug, municipality]))

export const municipalityOf = (slug: string): Municipality | null => bySlug.get(slug) ?? null

export const municipalitiesOf = (authority: AuthorityCode): readonly Municipality[] =>
  municipalities.filter((municipality) => municipality.authority === authority)

/** For `{ names }` of a message. */
export const municipalityNames = ({ name, nameCyrillic }: Municipality): Names => ({
  en: name,
  bs: name,
  hr: name,
  'sr-Latn': name,
  'sr-Cyrl': nameCyrillic,
})

export type MunicipalityFound =
  | { readonly ok: true; readonly municipality: Municipality }
  /** None, or several that may be meant: then the slug has to be written. */
  | { readonly ok: false; readonly candidates: readonly Municipality[] }

/** "Trnovo (KS)" is called Trnovo by everybody who lives there. */
const calledBy = (municipality: Municipality): readonly string[] => {
  const name = fold(municipality.name)
  const plain = fold(municipality.name.replace(/\s*\(.*\)$/, ''))
  return name === plain ? [name] : [name, plain]
}

const byName = new Map<string, Municipality[]>()
for (const municipality of municipalities) {
  for (const name of calledBy(municipality)) byName.set(name, [...(byName.get(name) ?? []), municipality])
}

/**
 * The municipality that a slug or a name means, in either script and with or without marks, within an authority when
 * that is known. A name that fits several is refused, with the several.
 */
export function municipalityNamed(text: string, authority?: AuthorityCode): MunicipalityFound {
  const within = (found: readonly Municipality[]): readonly Municipality[] =>
    authority === undefined ? found : found.filter((municipality) => municipality.authority === authority)
  const slug = bySlug.get(text.trim().toLowerCase())
  const named = within(byName.get(fold(text)) ?? [])
  // Where a slug is also somebody's name (`kupres`), the name decides, unless the authority leaves one.
  if (slug !== undefined && within([slug]).length === 1 && (named.length < 2 || text.trim() === slug.slug)) {
    return { ok: true, municipality: slug }
  }
  const [only] = named
  return only !== undefined && named.length === 1 ? { ok: true, municipality: only } : { ok: false, candidates: named }
}
