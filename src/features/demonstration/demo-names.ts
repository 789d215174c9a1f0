import type { Chance } from './chance.js'

/** Made-up names in patterns that people here know. None of them is meant to be a school that exists. */
const primary = [
  'Prva',
  'Druga',
  'Treća',
  'Vrelo',
  'Izvor',
  'Lipa',
  'Breza',
  'Jasen',
  'Kesten',
  'Maslina',
  'Bagrem',
  'Javor',
  'Smreka',
  'Zora',
  'Sunce',
  'Iskra',
  'Zvijezda',
  'Svitanje',
  'Kamen',
  'Stari most',
  'Vidikovac',
  'Livada',
  'Proljeće',
  'Rosa',
  'Lastavica',
  'Slavuj',
  'Sokol',
  'Ris',
  'Jelen',
  'Dabar',
  'Košuta',
  'Ljiljan',
  'Visibaba',
  'Jagoda',
  'Dunja',
  'Višnja',
  'Orah',
  'Trešnja',
  'Kupina',
  'Brod',
  'Jedro',
  'Kompas',
  'Putokaz',
  'Mlin',
  'Splav',
  'Zvono',
  'Pero',
  'Abeceda',
]
const secondary = [
  'Gimnazija „Obzor”',
  'Gimnazija „Zenit”',
  'Gimnazija „Polaris”',
  'Gimnazija „Luk”',
  'Srednja škola „Merkur”',
  'Srednja škola „Mlin”',
  'Srednja škola „Zanat”',
  'Srednja škola „Točak”',
  'Srednja tehnička škola „Poluga”',
  'Srednja tehnička škola „Vaga”',
  'Srednja ekonomska škola „Zrno”',
  'Srednja medicinska škola „Kadulja”',
]
const places: readonly (readonly [readonly string[], readonly string[]])[] = [
  [
    ['Gornje', 'Donje', 'Novo', 'Staro', 'Malo', 'Veliko'],
    ['Polje', 'Selo', 'Brdo', 'Vrelo', 'Osoje', 'Prisoje', 'Jezero'],
  ],
  [
    ['Gornja', 'Donja', 'Nova', 'Stara', 'Mala', 'Velika'],
    ['Luka', 'Rijeka', 'Kosa', 'Dubrava', 'Glavica', 'Bara', 'Lipa', 'Stijena'],
  ],
  [
    ['Gornji', 'Donji', 'Novi', 'Stari', 'Mali', 'Veliki'],
    ['Potok', 'Lug', 'Kraj', 'Brijeg', 'Most', 'Hrast', 'Vrh', 'Ključ'],
  ],
]

export type SchoolNames = Readonly<Record<'primary' | 'secondary' | 'branch', () => string>>

/** Names that are given away one by one; primary schools beyond the list take a number. */
export function schoolNames(chance: Chance): SchoolNames {
  const given = {
    primary: chance.shuffled(primary).map((name) => `OŠ „${name}”`),
    secondary: chance.shuffled(secondary),
    branch: chance.shuffled(
      places.flatMap(([firsts, nouns]) => firsts.flatMap((first) => nouns.map((noun) => `PŠ ${first} ${noun}`))),
    ),
  }
  const taken = { primary: 0, secondary: 0, branch: 0 }
  const next = (kind: keyof typeof given): string => {
    const names = given[kind]
    const at = taken[kind]++
    const name = names[at % names.length] ?? ''
    return at < names.length ? name : `${name} (${Math.floor(at / names.length) + 1})`
  }
  return { primary: () => next('primary'), secondary: () => next('secondary'), branch: () => next('branch') }
}

const firstNames = [
  'Amra',
  'Jasmin',
  'Lejla',
  'Emir',
  'Selma',
  'Adnan',
  'Ivana',
  'Marko',
  'Ana',
  'Tomislav',
  'Marija',
  'Josip',
  'Jelena',
  'Nikola',
  'Milica',
  'Dragan',
  'Sanja',
  'Goran',
  'Vesna',
  'Petar',
  'Maja',
  'Damir',
  'Nina',
  'Igor',
]
const familyNames = [
  'Vrelić',
  'Lipovac',
  'Jasenović',
  'Brezovac',
  'Izvorić',
  'Mostarčić',
  'Kestenović',
  'Zvonarić',
  'Livadić',
  'Obzorić',
  'Mlinarac',
  'Splavar',
  'Kosović',
  'Dunjić',
  'Jezerac',
  'Kupinić',
  'Javorac',
  'Rosić',
  'Sjenić',
  'Vedrić',
]

/** People who do not exist. */
export const personName = (chance: Chance): string => `${chance.pick(firstNames)} ${chance.pick(familyNames)}`
