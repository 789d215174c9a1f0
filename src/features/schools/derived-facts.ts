import { municipalityOf } from '../authorities/index.js'
import { searchWords } from '../../shared/search-words.js'
import { fold } from '../../shared/text.js'
import { equityIndex, tierOf, type EquityFacts } from './equity-index.js'
import type { Equity } from './equity-weights.js'
import type { DerivedFacts, SchoolFacts } from './school.js'

/** Folded, with numbers filled up, so that school 3 comes before school 27. */
const sortNameOf = (name: string): string => fold(name).replace(/\d+/g, (digits) => digits.padStart(6, '0'))

/** What the weights of one version make of the facts. */
export function weigh(
  facts: EquityFacts,
  equity: Equity,
): Pick<DerivedFacts, 'equityIndex' | 'tier' | 'equityVersion'> {
  const index = equityIndex(facts, equity)
  return { equityIndex: index, tier: tierOf(index, equity), equityVersion: equity.version }
}

/** Everything that follows from the facts of a unit: index, tier, order, words. */
export function deriveFacts(facts: SchoolFacts, equity: Equity): DerivedFacts {
  const place = municipalityOf(facts.municipality)?.name ?? ''
  return {
    isBranch: facts.parentSchoolIdGovt !== null,
    ...weigh(facts, equity),
    sortName: sortNameOf(facts.name),
    words: searchWords(facts.name, place, facts.schoolIdGovt),
  }
}
