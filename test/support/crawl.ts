import type { Page as PageOfTable } from '../../src/web/pages.js'
import type { Browser } from './browse.js'

/** An address that somebody came to by links alone. */
export interface Visited {
  readonly path: string
  /** Path of the page table, `/offers/:id`; null where the table has none. */
  readonly pattern: string | null
  readonly status: number
  /** Where the link was. */
  readonly from: string
  /** Paths of the page table that the page's forms post to. */
  readonly posts: readonly string[]
}

/** Of the addresses of one page only so many are visited: two offers look alike, but a draft is not like a published one. */
const mostOfPattern = 3

/** Follows every link of every page from the start page on, as one person without JavaScript. */
export async function crawl(person: Browser, table: readonly PageOfTable[]): Promise<readonly Visited[]> {
  const patterns = table.map(({ path }) => ({ path, matches: matcherOf(path) }))
  const patternOf = (path: string): string | null =>
    patterns.find(({ matches }) => matches(path.split('?')[0] ?? ''))?.path ?? null
  const visited: Visited[] = []
  const seen = new Set<string>(['/'])
  const perPattern = new Map<string, number>()
  const queue = [{ path: '/', from: '' }]
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const { path, from } = next
    const pattern = patternOf(path)
    const count = perPattern.get(pattern ?? path) ?? 0
    perPattern.set(pattern ?? path, count + 1)
    if (count >= mostOfPattern) continue
    await person.open(path)
    const posts = actionsOf(person).flatMap((action) => patternOf(action) ?? [])
    visited.push({ path, pattern, status: person.status, from, posts })
    for (const link of linksOf(person)) {
      if (seen.has(link)) continue
      seen.add(link)
      queue.push({ path: link, from: path })
    }
  }
  return visited
}

/** Addresses of this server that the page links to, without what only changes the language. */
function linksOf(person: Browser): string[] {
  return person
    .$('a[href]')
    .map((_, a) => person.$(a).attr('href') ?? '')
    .get()
    .filter((href) => href !== '' && !href.startsWith('#') && !/^[a-z]+:/.test(href))
    .map((href) => new URL(href, `http://here${person.path}`))
    .map(({ pathname, search }) => pathname + search)
    .filter((path) => !path.startsWith('/language/'))
}

/** Where the forms of the page post to. */
const actionsOf = (person: Browser): string[] =>
  person
    .$('form[method=post]')
    .map((_, form) => new URL(person.$(form).attr('action') ?? '', `http://here${person.path}`).pathname)
    .get()

function matcherOf(path: string): (address: string) => boolean {
  const pattern = new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`)
  return (address) => (path.includes(':') ? pattern.test(address) : address === path)
}
