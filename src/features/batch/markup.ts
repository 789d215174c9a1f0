/** Text that is HTML already. Only `html` makes it, and `html` escapes whatever is not. */
export class Markup {
  constructor(readonly text: string) {}
}

type Piece = Markup | string | number | readonly Markup[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)

/** A tagged template for HTML and SVG: what is inserted is escaped, unless it came from this tag. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  const texts = pieces.map(textOf)
  return new Markup(strings.map((string, at) => string + (texts[at] ?? '')).join(''))
}

function textOf(piece: Piece): string {
  if (piece instanceof Markup) return piece.text
  if (typeof piece === 'object') return piece.map((one) => one.text).join('')
  return escapeHtml(String(piece))
}
