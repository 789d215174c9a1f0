import type { Request } from 'express'

/** One text of the query string, trimmed; undefined when it is missing, empty, repeated or longer than `max`. */
export function textOf(req: Request, name: string, max = 200): string | undefined {
  const value = req.query[name]
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  return text === '' || text.length > max ? undefined : text
}

/** One of the known values of the query string, or undefined. */
export function oneOf<Value extends string>(req: Request, name: string, known: readonly Value[]): Value | undefined {
  const value = textOf(req, name)
  return known.find((candidate) => candidate === value)
}

/** The address of this page with some parameters changed: how a list keeps its filters from page to page. */
export function withQuery(req: Request, changes: Readonly<Record<string, string | undefined>>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(req.query)) {
    if (typeof value === 'string' && value !== '' && !(name in changes)) query.append(name, value)
  }
  for (const [name, value] of Object.entries(changes)) if (value !== undefined) query.append(name, value)
  const text = query.toString()
  return text === '' ? req.path : `${req.path}?${text}`
}

/** For listings/_paging: `next` as components/pagination has it, and the address of the beginning when this is not it. */
export function pagingView(
  req: Request,
  next: string | null,
): { readonly next: { readonly href: string } | null; readonly first: string | null } {
  return {
    next: next === null ? null : { href: withQuery(req, { after: next }) },
    first: textOf(req, 'after', 500) === undefined ? null : withQuery(req, { after: undefined }),
  }
}
