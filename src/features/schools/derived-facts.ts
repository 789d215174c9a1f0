import { municipalityOf } from '../authorities/index.js'
import { fold } from '../../shared/text.js'
import { equityIndex, tierOf } from './equity-index.js'
import { equityPolicy } from './equity-weights.js'
import type { DerivedFacts } from './school-model.js'
import type { SchoolFacts } from './school.js'

const wordsOf = (text: string): readonly string[] =>
  fold(text)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => word.slice(0, 40))

/** Everything that follows from the facts of a unit: index, tier, order, words. */
export function deriveFacts(facts: SchoolFacts): DerivedFacts {
  const index = equityIndex(facts)
  const place = municipalityOf(facts.municipality)?.name ?? ''
  return {
    isBranch: facts.parentSchoolIdGovt !== null,
    equityIndex: index,
    tier: tierOf(index),
    equityVersion: equityPolicy.version,
    sortName: fold(facts.name),
    words: [...new Set([facts.name, place, facts.schoolIdGovt].flatMap(wordsOf))],
  }
}

/** What the words of a unit must begin with to be found, the longest first; empty when nothing was typed. */
export const searchedBeginnings = (typed: string): readonly RegExp[] =>
  [...new Set(wordsOf(typed))]
    .sort((one, other) => other.length - one.length)
    .slice(0, 6)
    .map((word) => new RegExp(`^${word}`))
