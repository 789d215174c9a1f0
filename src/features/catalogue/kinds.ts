import type { Dimension } from './dimension.js'
import { kindCodes, type Category, type Kind, type KindCode, type Side } from './kind.js'
import { assistiveKinds } from './kinds-assistive.js'
import { connectivityKinds } from './kinds-connectivity.js'
import { deviceKinds } from './kinds-devices.js'
import { peopleKinds } from './kinds-people.js'
import { softwareKinds } from './kinds-software.js'

const described: ReadonlyMap<string, Kind> = new Map(
  [...connectivityKinds, ...deviceKinds, ...softwareKinds, ...assistiveKinds, ...peopleKinds].map((kind) => [
    kind.code,
    kind,
  ]),
)

/** Total for a code that type-checks; throws for one that was forced past the types. */
export function kindOf(code: KindCode): Kind {
  const kind = described.get(code)
  if (kind === undefined) throw new RangeError(`No such kind in the catalogue: ${code}`)
  return kind
}

/** All 26, in the order of their codes in the catalogue. */
export const kinds: readonly Kind[] = kindCodes.map(kindOf)

export const kindsOf = (category: Category): readonly Kind[] => kinds.filter((kind) => kind.category === category)

/** Kinds that may stand on an offer, or on a need. */
export const kindsFor = (side: Side): readonly Kind[] => kinds.filter((kind) => kind.sides.includes(side))

/** What an offer or a need of this kind can state, in the order of its form. */
export const dimensionsFor = (code: KindCode, side: Side): readonly Dimension[] =>
  kindOf(code).dimensions.filter((dimension) => dimension[side] !== 'absent')
