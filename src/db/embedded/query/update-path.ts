import { ServerError } from '../server-error.js'
import { sameValue } from './compare.js'
import { badValue, describeElement, refusal } from './describe.js'
import type { Filter } from './matcher.js'
import type { Modifier } from './update-modifiers.js'
import { getField, isArray, isDocument, setField, type Document } from './values.js'

/** One operator at one path. `$` in the path is the position the filter matched, `$[id]` the items an array filter lets through. */
export interface Change {
  readonly path: readonly string[]
  readonly modifier: Modifier
}

export interface ChangeContext {
  /** The document being changed, for messages. */
  readonly document: Document
  readonly arrayIndex: number | undefined
  readonly arrayFilters: ReadonlyMap<string, Filter>
}

type Container = Document | unknown[]

const MOST_PADDING = 1_500_000

/** Makes a change in place; whether anything is different after it. */
export function applyChange(target: Container, change: Change, context: ChangeContext): boolean {
  return new Walk(change, context).enter(target, 0, [])
}

class Walk {
  constructor(
    private readonly change: Change,
    private readonly context: ChangeContext,
  ) {}

  enter(container: Container, at: number, taken: readonly string[]): boolean {
    const part = this.change.path[at] ?? ''
    if (!isArraySelector(part)) return this.step(container, this.resolve(part), at, taken)
    const filter = this.filterFor(part)
    let changed = false
    for (const [index, item] of (container as readonly unknown[]).entries()) {
      if (filter && !filter.matches({ [part.slice(2, -1)]: item })) continue
      changed = this.step(container, String(index), at, taken) || changed
    }
    return changed
  }

  private resolve(part: string): string {
    if (part !== '$') return part
    const { arrayIndex } = this.context
    if (arrayIndex !== undefined) return String(arrayIndex)
    throw badValue`The positional operator did not find the match needed from the query.`
  }

  private filterFor(part: string): Filter | undefined {
    return part === '$[]' ? undefined : this.context.arrayFilters.get(part.slice(2, -1))
  }

  private step(container: Container, key: string, at: number, taken: readonly string[]): boolean {
    const current = childOf(container, key)
    const next = this.change.path[at + 1]
    const path = [...taken, key]
    if (next === undefined) return this.finish(container, key, current, path)
    if (isArraySelector(next)) checkArray(current, key, path)
    if (isDocument(current) || Array.isArray(current)) return this.enter(current as Container, at + 1, path)
    const { modifier } = this.change
    if (current !== undefined) {
      if (modifier.lenient) return false
      throw cannotCreate(this.resolve(next), key, current)
    }
    if (!modifier.lenient) checkPlace(container, key, taken)
    if (!modifier.creates) return false
    const rest = this.change.path.slice(at + 1).map((part) => this.resolve(part))
    const value = modifier.newValue(undefined, { path: [...path, ...rest].join('.'), document: this.context.document })
    setChild(container, key, nest(rest, value))
    return true
  }

  private finish(container: Container, key: string, current: unknown, path: readonly string[]): boolean {
    const { modifier } = this.change
    if (current === undefined) {
      if (!modifier.lenient) checkPlace(container, key, path.slice(0, -1))
      if (!modifier.creates) return false
    }
    const value = modifier.newValue(current, { path: path.join('.'), document: this.context.document })
    if (!modifier.always && sameValue(current, value)) return false
    setChild(container, key, value)
    return true
  }
}

export function isArraySelector(part: string): boolean {
  return part.startsWith('$[') && part.endsWith(']')
}

function checkArray(current: unknown, key: string, path: readonly string[]): void {
  if (current === undefined)
    throw badValue`The path '${path.join('.')}' must exist in the document in order to apply array updates.`
  if (!isArray(current))
    throw badValue`Cannot apply array updates to non-array element ${describeElement(key, current)}`
}

function isIndex(key: string): boolean {
  return /^(0|[1-9]\d*)$/.test(key)
}

function childOf(container: Container, key: string): unknown {
  if (!Array.isArray(container)) return getField(container, key)
  return isIndex(key) ? container[Number(key)] : undefined
}

/** Refuses names in arrays, and positions too far behind an array's end. */
function checkPlace(container: Container, key: string, taken: readonly string[]): void {
  if (!Array.isArray(container)) return
  if (!isIndex(key)) throw cannotCreate(key, taken.at(-1) ?? '', container)
  if (Number(key) - container.length > MOST_PADDING) throw badValue`can't backfill more than ${MOST_PADDING} elements`
}

function cannotCreate(key: string, parent: string, value: unknown): ServerError {
  return refusal(28)`Cannot create field '${key}' in element {${describeElement(parent, value)}}`
}

/** `undefined` takes a field away, and leaves null in an array. */
function setChild(container: Container, key: string, value: unknown): void {
  if (!Array.isArray(container)) {
    if (value === undefined) Reflect.deleteProperty(container, key)
    else setField(container, key, value)
    return
  }
  while (container.length < Number(key)) container.push(null)
  container[Number(key)] = value ?? null
}

function nest(path: readonly string[], value: unknown): unknown {
  return path.reduceRight((inner: unknown, name) => {
    const document: Document = {}
    setField(document, name, inner)
    return document
  }, value)
}
