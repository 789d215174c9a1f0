import { municipalityOf } from '../authorities/index.js'
import { searchWords } from '../../shared/search-words.js'
import { fold } from '../../shared/text.js'
import { equityIndex, tierOf } from './equity-index.js'
import { equityPolicy } from './equity-weights.js'
import type { DerivedFacts, SchoolFacts } from './school.js'

/** Folded, with numbers filled up, so that school 3 comes before school 27. */
const sortNameOf = (name: string): string => fold(name).replace(/\d+/g, (digits) => digits.padStart(6, '0'))

/** Everything that follows from the facts of a unit: index, tier, order, words. */
export function deriveFacts(facts: SchoolFacts): DerivedFacts {
  const index = equityIndex(facts)
  const place = municipalityOf(facts.municipality)?.name ?? ''
  return {
    isBranch: facts.parentSchoolIdGovt !== null,
    equityIndex: index,
    tier: tierOf(index),
    equityVersion: equityPolicy.version,
    sortName: sortNameOf(facts.name),
    words: searchWords(facts.name, place, facts.schoolIdGovt),
  }
}
