import assert from 'node:assert/strict'
import { beginnings, searchWords } from '../../../src/shared/search-words.js'

const finds = (typed: string, text: string): boolean => {
  const words = searchWords(text)
  const patterns = beginnings(typed)
  return patterns.length > 0 && patterns.every((pattern) => words.some((word) => pattern.test(word)))
}

describe('search words', () => {
  for (const typed of ['Đurđevik', 'djurdjevik', 'ЂУРЂЕВИК', 'durdev', 'OŠ Đurđ']) {
    it(`find the school in Ђурђевик by "${typed}"`, () => {
      assert.ok(finds(typed, 'ОШ „Ђурђевик“'))
    })
  }

  it('have to begin a word, all of them', () => {
    assert.equal(finds('evik', 'Đurđevik'), false)
    assert.equal(finds('Đurđevik Tuzla', 'Đurđevik'), false)
  })

  it('find nothing when only signs were typed, and take signs for no pattern', () => {
    assert.deepEqual(beginnings('.*  $gt ^('), [/^gt/])
    assert.deepEqual(beginnings(' … '), [])
  })

  it('begin with the longest, and are limited however much was typed', () => {
    assert.deepEqual(beginnings('a laptop za'), [/^laptop/, /^za/, /^a/])
    assert.equal(beginnings('a b c d e f g h i j'.repeat(100)).length, 6)
    assert.ok(searchWords('x'.repeat(100_000))[0]!.length <= 40)
  })
})
