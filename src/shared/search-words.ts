import { fold } from './text.js'

const mostWordsStored = 200
const mostWordsSearched = 6
const longestWord = 40

const wordsOf = (text: string): string[] =>
  fold(text)
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => word.slice(0, longestWord))

/** The folded words of some texts, each once: an index over them answers searches by the beginnings of words. */
export const searchWords = (...texts: readonly string[]): string[] =>
  [...new Set(texts.flatMap(wordsOf))].slice(0, mostWordsStored)

/**
 * What stored words must begin with to be found: one pattern a typed word, the longest first, so that the index
 * is entered where it is narrowest. Empty when nothing was typed that could be found.
 */
export const beginnings = (typed: string): RegExp[] =>
  [...new Set(wordsOf(typed))]
    .sort((a, b) => b.length - a.length)
    .slice(0, mostWordsSearched)
    .map((word) => new RegExp(`^${word}`))
