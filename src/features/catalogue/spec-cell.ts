/** A cell of a file taken apart; a key that stands more than once has all its values. */
export type SpecCell = Readonly<Record<string, string | readonly string[]>>

export type ParsedSpecCell =
  | { readonly ok: true; readonly spec: SpecCell }
  | { readonly ok: false; /** The part that is no `key=value`. */ readonly part: string }

/**
 * Reads `ramGb=8|os=windows+linux|warrantyMonths=24`: pairs between `|`, several values between `+` (or the key again).
 * An empty cell states nothing.
 */
export function parseSpecCell(cell: string): ParsedSpecCell {
  const found = new Map<string, readonly string[]>()
  for (const part of cell.split('|').map((piece) => piece.trim())) {
    if (part === '') continue
    const at = part.indexOf('=')
    if (at < 1) return { ok: false, part }
    const key = part.slice(0, at).trim()
    const values = part
      .slice(at + 1)
      .split('+')
      .map((value) => value.trim())
      .filter((value) => value !== '')
    found.set(key, [...(found.get(key) ?? []), ...values])
  }
  const spec = [...found].map(([key, values]) => [key, values.length === 1 ? (values[0] ?? '') : values] as const)
  return { ok: true, spec: Object.fromEntries(spec) }
}

/** The same, the other way round: what `parseSpecCell` and the schema of the kind read back as it was. */
export function writeSpecCell(spec: Readonly<Record<string, unknown>>): string {
  return Object.entries(spec)
    .map(([key, value]) => `${key}=${writeValue(value)}`)
    .join('|')
}

function writeValue(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join('+')
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return String(value)
}
