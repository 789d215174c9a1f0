import { readWords } from '../../src/locales/words.js'

export const writtenLanguages = ['en', 'bs', 'hr', 'sr'] as const
export type WrittenLanguage = (typeof writtenLanguages)[number]

type Node = string | { readonly [key: string]: Node }

const flat = (node: Node, path: string): [string, string][] =>
  typeof node === 'string'
    ? [[path, node]]
    : Object.entries(node).flatMap(([key, value]) => flat(value, path === '' ? key : `${path}.${key}`))

/** Every text of a language by its whole key, plural suffix included: `catalogue.unit.line_few`. */
export const textsOf = (language: WrittenLanguage): ReadonlyMap<string, string> =>
  new Map(flat(readWords(language), ''))

const suffix = /_(?:zero|one|two|few|many|other)$/

/** The key as the code writes it: without the plural suffix. */
export const keyOf = (whole: string): string => whole.replace(suffix, '')

export const pluralOf = (whole: string): string | null => suffix.exec(whole)?.[0].slice(1) ?? null

export const placeholdersOf = (text: string): string[] =>
  [...new Set([...text.matchAll(/\{\{\s*([\w-]+)\s*\}\}/g)].map(([, name = '']) => name))].sort()
