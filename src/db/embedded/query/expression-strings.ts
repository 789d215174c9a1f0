import { BSONRegExp } from 'bson'
import { ServerError } from '../server-error.js'
import { compareStrings } from './compare.js'
import { toText } from './convert.js'
import { binary, isNullish, namedArguments, ranged, unary, variadic } from './expression-arguments.js'
import { compile, type Expression, type Operator, type Scope } from './expressions.js'
import { toDouble } from './numbers.js'
import { compileRegex } from './regex.js'
import { int } from './summation.js'
import { BsonType, bsonType, isNumeric, typeName } from './values.js'

function concat(values: readonly unknown[]): unknown {
  if (values.some(isNullish)) return null
  return values
    .map((value) => {
      if (typeof value === 'string') return value
      throw new ServerError(16702, `$concat only supports strings, not ${typeName(value)}`)
    })
    .join('')
}

function changeCase(change: (text: string) => string): Operator {
  return unary((value) => (isNullish(value) ? '' : change(toText(value))))
}

/** MongoDB changes the case of ASCII letters only. */
const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())
const upper = (text: string): string => text.replace(/[a-z]/g, (letter) => letter.toUpperCase())

function substring(cut: (text: string, start: number, length: number) => string): Operator {
  return (operand, scope, name) =>
    ranged(3, 3, ([value, start, length]) => {
      if (!isNumeric(start)) {
        throw new ServerError(34450, `${name}: starting index must be a numeric type (is BSON type ${typeName(start)})`)
      }
      if (!isNumeric(length)) {
        throw new ServerError(34452, `${name}: length must be a numeric type (is BSON type ${typeName(length)})`)
      }
      if (name === '$substrCP' && toDouble(start) < 0) {
        throw new ServerError(34455, '$substrCP: the starting index must be nonnegative integer.')
      }
      if (name === '$substrCP' && toDouble(length) < 0) {
        throw new ServerError(34454, '$substrCP: length must be a nonnegative integer.')
      }
      return isNullish(value) ? '' : cut(toText(value), Math.trunc(toDouble(start)), Math.trunc(toDouble(length)))
    })(operand, scope, name)
}

function cutCodePoints(text: string, start: number, length: number): string {
  return Array.from(text)
    .slice(start, start + length)
    .join('')
}

function cutBytes(text: string, start: number, length: number): string {
  if (start < 0) throw new ServerError(50752, `$substrBytes:  starting index must be non-negative (got: ${start})`)
  const bytes = Buffer.from(text)
  const end = length < 0 ? bytes.length : Math.min(bytes.length, start + length)
  const inside = (at: number): boolean => at < bytes.length && ((bytes[at] ?? 0) & 0xc0) === 0x80
  if (inside(start))
    throw new ServerError(28656, '$substrBytes:  Invalid range, starting index is a UTF-8 continuation byte.')
  if (inside(end))
    throw new ServerError(28657, '$substrBytes:  Invalid range, ending index is in the middle of a UTF-8 character.')
  return bytes.toString('utf8', start, end)
}

function lengthOf(code: number, measure: (text: string) => number): Operator {
  return unary((value, name) => {
    if (typeof value === 'string') return int(measure(value))
    throw new ServerError(code, `${name} requires a string argument, found: ${typeName(value)}`)
  })
}

function split(text: unknown, separator: unknown): unknown {
  if (isNullish(text) || isNullish(separator)) return null
  if (typeof text !== 'string') {
    throw new ServerError(
      40085,
      `$split requires an expression that evaluates to a string as a first argument, found: ${typeName(text)}`,
    )
  }
  if (typeof separator !== 'string') {
    throw new ServerError(
      40086,
      `$split requires an expression that evaluates to a string as a second argument, found: ${typeName(separator)}`,
    )
  }
  if (separator === '') throw new ServerError(40087, '$split requires a non-empty separator')
  return text.split(separator)
}

function indexOf(code: number, measure: (text: string) => number): Operator {
  return ranged(2, 4, ([text, part, start, end]) => {
    if (isNullish(text)) return null
    if (typeof text !== 'string')
      throw new ServerError(code, `$indexOfCP requires a string as the first argument, found: ${typeName(text)}`)
    if (typeof part !== 'string') {
      throw new ServerError(code + 1, `$indexOfCP requires a string as the second argument, found: ${typeName(part)}`)
    }
    const from = start === undefined ? 0 : toDouble(start)
    const to = end === undefined ? Infinity : toDouble(end)
    for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
      const position = measure(text.slice(0, at))
      if (position >= from && position + measure(part) <= to) return int(position)
    }
    return int(-1)
  })
}

const countCodePoints = (text: string): number => Array.from(text).length
const countBytes = (text: string): number => Buffer.byteLength(text)

const WHITESPACE = '\0\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a'

function trim(atStart: boolean, atEnd: boolean): Operator {
  return (operand, scope, name) => {
    const codes = { shape: 50696, unknown: 50694, missing: 50695 }
    const { input, chars } = namedArguments(operand, name, { required: ['input'], optional: ['chars'] }, codes)
    const text = compile(input, scope)
    const set = compile(chars === undefined ? WHITESPACE : chars, scope)
    return (environment) => {
      const value = text(environment)
      const wanted = set(environment)
      if (isNullish(value) || isNullish(wanted)) return null
      if (typeof value !== 'string')
        throw new ServerError(50699, `${name} requires its input to be a string, got ${typeName(value)} instead.`)
      if (typeof wanted !== 'string')
        throw new ServerError(50700, `${name} requires 'chars' to be a string, got ${typeName(wanted)} instead.`)
      return trimmed(Array.from(value), new Set(wanted), atStart, atEnd)
    }
  }
}

function trimmed(characters: readonly string[], set: ReadonlySet<string>, atStart: boolean, atEnd: boolean): string {
  let [start, end] = [0, characters.length]
  while (atStart && start < end && set.has(characters[start] ?? '')) start += 1
  while (atEnd && end > start && set.has(characters[end - 1] ?? '')) end -= 1
  return characters.slice(start, end).join('')
}

function replace(all: boolean): Operator {
  return (operand, scope, name) => {
    const codes = { shape: 51751, unknown: 51750, missing: 51749 }
    const parts = namedArguments(operand, name, { required: ['input', 'find', 'replacement'] }, codes)
    const items = ['input', 'find', 'replacement'].map((part) => compile(parts[part], scope))
    return (environment) => {
      const values = items.map((item) => item(environment))
      const other = values.findIndex((value) => !isNullish(value) && typeof value !== 'string')
      if (other >= 0) {
        throw new ServerError(
          51746 - other,
          `${name} requires that '${['input', 'find', 'replacement'][other] ?? ''}' be a string, found: ${typeName(values[other])}`,
        )
      }
      if (values.some(isNullish)) return null
      const [input = '', find = '', replacement = ''] = values as string[]
      return all ? input.replaceAll(find, () => replacement) : input.replace(find, () => replacement)
    }
  }
}

/** `$regexMatch`, `$regexFind` and `$regexFindAll`. */
function regexOperator(answer: (text: string | null, regex: RegExp) => unknown): Operator {
  return (operand, scope, name) => {
    const codes = { shape: 51103, unknown: 31024, missing: 31022 }
    const { input, regex, options } = namedArguments(
      operand,
      name,
      { required: ['input', 'regex'], optional: ['options'] },
      codes,
    )
    const text = compile(input, scope)
    const pattern = compileRegexOperand(name, regex, options, scope)
    return (environment) => {
      const value = text(environment)
      if (!isNullish(value) && typeof value !== 'string') {
        throw new ServerError(51104, `${name} needs 'input' to be of type string`)
      }
      const compiled = pattern(environment)
      return answer(
        compiled === null || typeof value !== 'string' ? null : value,
        compiled instanceof RegExp ? compiled : /(?!)/,
      )
    }
  }
}

function compileRegexOperand(name: string, regex: unknown, options: unknown, scope: Scope): Expression {
  const [pattern, flags] = [compile(regex, scope), compile(options ?? '', scope)]
  return (environment) => {
    const value = pattern(environment)
    const given = flags(environment) ?? ''
    if (isNullish(value)) return null
    if (typeof given !== 'string') throw new ServerError(51106, `${name} needs 'options' to be of type string`)
    if (typeof value === 'string') return globally(compileRegex({ pattern: value, options: given }))
    if (bsonType(value) !== BsonType.regex || !(value instanceof BSONRegExp)) {
      throw new ServerError(51105, `${name} needs 'regex' to be of type string or regex`)
    }
    if (given !== '' && value.options !== '') {
      throw new ServerError(51107, `${name}: found regex option(s) specified in both 'regex' and 'option' fields`)
    }
    return globally(compileRegex({ pattern: value.pattern, options: value.options + given }))
  }
}

function globally(regex: RegExp): RegExp {
  return new RegExp(regex.source, `${regex.flags}g`)
}

function describeMatch(text: string, match: RegExpMatchArray): unknown {
  const [whole, ...captures] = match
  return {
    match: whole,
    idx: int(countCodePoints(text.slice(0, match.index))),
    captures: captures.map((capture: string | undefined) => capture ?? null),
  }
}

function allMatches(text: string | null, regex: RegExp): readonly unknown[] {
  return text === null ? [] : [...text.matchAll(regex)].map((match) => describeMatch(text, match))
}

export const STRING_OPERATORS: readonly (readonly [string, Operator])[] = [
  ['$concat', variadic(concat)],
  ['$toLower', changeCase(lower)],
  ['$toUpper', changeCase(upper)],
  ['$substr', substring(cutBytes)],
  ['$substrBytes', substring(cutBytes)],
  ['$substrCP', substring(cutCodePoints)],
  ['$strLenCP', lengthOf(34471, countCodePoints)],
  ['$strLenBytes', lengthOf(34473, countBytes)],
  [
    '$strcasecmp',
    binary((a, b) => int(compareStrings(upper(isNullish(a) ? '' : toText(a)), upper(isNullish(b) ? '' : toText(b))))),
  ],
  ['$split', binary(split)],
  ['$indexOfCP', indexOf(40093, countCodePoints)],
  ['$indexOfBytes', indexOf(40091, countBytes)],
  ['$trim', trim(true, true)],
  ['$ltrim', trim(true, false)],
  ['$rtrim', trim(false, true)],
  ['$replaceOne', replace(false)],
  ['$replaceAll', replace(true)],
  ['$regexMatch', regexOperator((text, regex) => text !== null && regex.test(text))],
  ['$regexFind', regexOperator((text, regex) => allMatches(text, regex)[0] ?? null)],
  ['$regexFindAll', regexOperator(allMatches)],
]
