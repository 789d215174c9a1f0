import type { BSONRegExp } from 'bson'
import { refusal } from './describe.js'

/** What PCRE reads otherwise than JavaScript's Unicode mode; what that mode does not know at all, it refuses. */
const TOKEN = /\\[\s\S]|\[\^?\]?(?:\\[\s\S]|\[:\w+:\]|[^\]\\])*\]|\{\d+(?:,\d*)?\}|\(\?P?<(?![=!])|[{}\].$]/g
const END = '(?=\\n?(?![\\s\\S]))'
const ESCAPES = new Map([
  ['\\A', '(?<![\\s\\S])'],
  ['\\z', '(?![\\s\\S])'],
  ['\\Z', END],
])

/** MongoDB's regular expressions are PCRE's over UTF-8. Of their options, `x` is left out. */
export function compileRegex({ pattern, options }: Pick<BSONRegExp, 'pattern' | 'options'>): RegExp {
  checkRegexOptions(options)
  const [leading = '', inline = ''] = /^\(\?([ims]+)\)/.exec(pattern) ?? []
  const flags = options + inline
  const source = pattern.slice(leading.length).replace(TOKEN, (token) => translate(token, flags))
  try {
    if (flags.includes('x')) throw new Error('the option x is not supported')
    return new RegExp(source, `u${flags.includes('i') ? 'i' : ''}${flags.includes('m') ? 'm' : ''}`)
  } catch (error) {
    throw refusal(51091)`Regular expression is invalid: ${error instanceof Error ? error.message : pattern}`
  }
}

export function checkRegexOptions(options: string): void {
  const flag = /[^imsxu]/.exec(options)
  if (flag) throw refusal(51108)`invalid flag in regex options: ${flag[0]}`
}

function translate(token: string, flags: string): string {
  if (token === '.') return flags.includes('s') ? '[\\s\\S]' : '[^\\n]'
  if (token === '$') return flags.includes('m') ? '(?=\\n|(?![\\s\\S]))' : END
  if (token.startsWith('\\')) return ESCAPES.get(token) ?? escape(token, false)
  if (token.startsWith('(')) return '(?<'
  if (token.startsWith('[')) return set(token)
  return token.length === 1 ? `\\${token}` : token
}

/** In a set, a bracket stands for itself, first of all one that would close it. */
function set(token: string): string {
  if (token.includes('[:')) throw refusal(51091)`Regular expression is invalid: POSIX classes are not supported`
  const [opening = ''] = /^\[\^?\]?/.exec(token) ?? []
  const inside = token
    .slice(opening.length, -1)
    .replace(/\\[\s\S]|\[/g, (part) => (part === '[' ? '\\[' : escape(part, true)))
  return `${opening.replace(']', '\\]')}${inside}]`
}

/** Unicode mode allows a backslash only before characters that mean something. */
function escape(token: string, inSet: boolean): string {
  const char = token.slice(1)
  return /[a-zA-Z0-9\\^$.*+?()[\]{}|/]/.test(char) || (inSet && char === '-') ? token : char
}
