import type { BSONRegExp } from 'bson'
import { ServerError } from '../server-error.js'

/**
 * MongoDB's regular expressions are PCRE's over UTF-8. They are translated to JavaScript's in Unicode mode, which refuses
 * what it does not know instead of reading it as something else.
 */
export function compileRegex(regex: Pick<BSONRegExp, 'pattern' | 'options'>): RegExp {
  const { pattern, options } = withLeadingOptions(regex)
  checkRegexOptions(options)
  const translation = new Translation(pattern, options)
  try {
    return new RegExp(translation.source(), `u${options.includes('i') ? 'i' : ''}${options.includes('m') ? 'm' : ''}`)
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'syntax'
    throw new ServerError(51091, `Regular expression is invalid: ${reason}`)
  }
}

export function checkRegexOptions(options: string): void {
  const flag = /[^imsxu]/.exec(options)
  if (flag) throw new ServerError(51108, `invalid flag in regex options: ${flag[0]}`)
}

function withLeadingOptions(regex: Pick<BSONRegExp, 'pattern' | 'options'>): { pattern: string; options: string } {
  const leading = /^\(\?([imsx]+)\)/.exec(regex.pattern)
  if (!leading) return { pattern: regex.pattern, options: regex.options }
  return { pattern: regex.pattern.slice(leading[0].length), options: regex.options + (leading[1] ?? '') }
}

const POSIX = new Map([
  ['alpha', 'a-zA-Z'],
  ['digit', '0-9'],
  ['alnum', 'a-zA-Z0-9'],
  ['upper', 'A-Z'],
  ['lower', 'a-z'],
  ['space', '\\s'],
  ['punct', '!-\\/:-@\\[-`\\{-~'],
  ['xdigit', '0-9a-fA-F'],
  ['word', '\\w'],
])
const ESCAPES = new Map([
  ['A', '(?<![\\s\\S])'],
  ['z', '(?![\\s\\S])'],
  ['Z', '(?=\\n?(?![\\s\\S]))'],
  ['h', '[ \\t\\u00a0]'],
  ['a', '\\x07'],
  ['e', '\\x1b'],
  ['R', '(?:\\r\\n|[\\n-\\r\\x85\\u2028\\u2029])'],
])

class Translation {
  private at = 0
  private readonly parts: string[] = []
  private readonly dot: string
  private readonly end: string
  private readonly extended: boolean

  constructor(
    private readonly pattern: string,
    options: string,
  ) {
    this.dot = options.includes('s') ? '[\\s\\S]' : '[^\\n]'
    this.end = options.includes('m') ? '(?=\\n|(?![\\s\\S]))' : '(?=\\n?(?![\\s\\S]))'
    this.extended = options.includes('x')
  }

  source(): string {
    while (this.at < this.pattern.length) this.parts.push(this.next())
    return this.parts.join('')
  }

  private take(text: string): string {
    this.at += text.length
    return text
  }

  private next(): string {
    const rest = this.pattern.slice(this.at)
    const char = String.fromCodePoint(rest.codePointAt(0) ?? 0)
    if (char === '\\') return this.escape(rest, false)
    if (char === '[') return this.set(rest)
    if (char === '{') return this.quantifier(rest)
    if (this.extended && /[\s#]/.test(char)) return this.skip(rest)
    const named = /^\(\?P?</.exec(rest)
    if (named && !/^\(\?<[=!]/.test(rest)) {
      this.take(named[0])
      return '(?<'
    }
    this.take(char)
    if (char === '.') return this.dot
    if (char === '$') return this.end
    return char === '}' || char === ']' ? `\\${char}` : char
  }

  private skip(rest: string): string {
    this.take(/^(?:#[^\n]*\n?|\s)/.exec(rest)?.[0] ?? '')
    return ''
  }

  private quantifier(rest: string): string {
    const match = /^\{\d+(?:,\d*)?\}/.exec(rest)
    return match ? this.take(match[0]) : `\\${this.take('{')}`
  }

  private escape(rest: string, inSet: boolean): string {
    const quoted = /^\\Q([\s\S]*?)(?:\\E|$)/.exec(rest)
    if (quoted) {
      this.take(quoted[0])
      return (quoted[1] ?? '').replace(/[\\^$.*+?()[\]{}|/-]/g, (char) => escaped(char, inSet))
    }
    const code = /^\\x\{([0-9a-f]+)\}/i.exec(rest)
    if (code) {
      this.take(code[0])
      return `\\u{${code[1] ?? '0'}}`
    }
    const char = String.fromCodePoint(rest.codePointAt(1) ?? 92)
    this.take(`\\${char}`)
    if (!inSet && ESCAPES.has(char)) return ESCAPES.get(char) ?? ''
    return /[a-zA-Z0-9]/.test(char) ? `\\${char}` : escaped(char, inSet)
  }

  private set(rest: string): string {
    const opening = /^\[\^?\]?/.exec(rest)?.[0] ?? '['
    this.take(opening)
    let text = opening.replace(/\]$/, '\\]')
    while (this.at < this.pattern.length && this.pattern[this.at] !== ']') text += this.setItem()
    return text + this.take(this.pattern.slice(this.at, this.at + 1))
  }

  private setItem(): string {
    const rest = this.pattern.slice(this.at)
    if (rest.startsWith('\\')) return this.escape(rest, true)
    const posix = /^\[:([a-z]+):\]/.exec(rest)
    if (posix) {
      this.take(posix[0])
      const set = POSIX.get(posix[1] ?? '')
      if (set === undefined) throw new ServerError(51091, 'Regular expression is invalid: unknown POSIX class name')
      return set
    }
    const char = this.take(String.fromCodePoint(rest.codePointAt(0) ?? 0))
    return char === '[' ? '\\[' : char
  }
}

/** Unicode mode allows a backslash only before characters that mean something. */
function escaped(char: string, inSet: boolean): string {
  return '\\^$.*+?()[]{}|/'.includes(char) || (inSet && char === '-') ? `\\${char}` : char
}
