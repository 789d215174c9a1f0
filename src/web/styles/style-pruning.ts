/** Class names as they stand in templates and code; a name that ends with a hyphen or underscore is the start of several. */
export interface ClassNames {
  has(name: string): boolean
}

const writtenName = /(?<![\w-])(?:govuk|spona)-[\w!-]+/g

/** Every class name that is written anywhere in these texts. */
export function classNamesIn(texts: Iterable<string>): ClassNames {
  const whole = new Set<string>()
  for (const text of texts) for (const [name] of text.matchAll(writtenName)) whole.add(name)
  const starts = [...whole].filter((name) => /^\w+-[\w-]+[-_]$/.test(name))
  return { has: (name) => whole.has(name) || starts.some((start) => name.startsWith(start)) }
}

const ownName = /\.((?:govuk|spona)-(?:[\w-]|\\.)+)/g

/**
 * The stylesheet without the rules that no written class can reach, and without what only dead browsers read.
 * Takes compressed CSS; selectors of other kinds (elements, attributes) are kept.
 */
export function prune(css: string, names: ClassNames): string {
  const isReachable = (selector: string): boolean =>
    [...selector.matchAll(ownName)].every(([, name = '']) => names.has(name.replaceAll('\\', '')))
  const kept = withoutLegacy(css).replace(/([^{}@;]+)\{([^{}]*)\}/g, (_rule, selectors: string, body: string) => {
    const reachable = splitSelectors(selectors).filter(isReachable)
    return reachable.length === 0 || body === '' ? '' : `${reachable.join(',')}{${body}}`
  })
  return withoutEmptyBlocks(kept)
}

/** Commas inside `:is(...)` do not end a selector. */
const splitSelectors = (selectors: string): readonly string[] => selectors.split(/,(?![^(]*\))/)

function withoutEmptyBlocks(css: string): string {
  const next = css.replace(/@(?:media|supports)[^{}]*\{\s*\}/g, '')
  return next === css ? css : withoutEmptyBlocks(next)
}

/** Paper has the fonts of the screen, every custom property is set, and nobody has these prefixes any more. */
const withoutLegacy = (css: string): string =>
  css
    .replace(/^\uFEFF/, '')
    .replace(/-webkit-font-smoothing:antialiased;-moz-osx-font-smoothing:grayscale;?/g, '')
    .replace(/(?<=[{;])font-family:inherit;?/g, '')
    .replace(/@supports not \(text-wrap: ?balance\)\{[^{}]+\{[^{}]*\}\}/g, '')
    .replace(/@media print\{[^{}]+\{\}\}/g, '')
    .replace(/var\((--govuk-[\w-]+), ?[^()]*\)/g, 'var($1)')
    .replace(/-webkit-text-decoration-skip(?:-ink)?:none;|(?<=;)text-decoration-skip:none;?/g, '')
    .replace(/,\(-ms-high-contrast: active\)/g, '')
