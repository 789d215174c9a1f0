import { describeElement, refusal } from './describe.js'
import { compile, type Scope } from './expressions.js'
import { firstNames } from './filter-node.js'
import { parseFilter } from './filter-parser.js'
import { filterOf, type Filter } from './matcher.js'
import { toBoolean } from './numbers.js'
import {
  addNode,
  isFindSlice,
  parseSlice,
  splitPath,
  type ProjectionLeaf,
  type ProjectionTree,
} from './projection-tree.js'
import { isDocument, isNumeric, typeName, type Document } from './values.js'

/** A projection as it was written: what it keeps or leaves out, and whether it is only what `find` allows. */
export interface ParsedProjection {
  readonly tree: ProjectionTree
  readonly inclusion: boolean
}

export interface ProjectionContext {
  /** The filter a positional `$` refers to. */
  readonly filter?: Filter | undefined
  readonly scope: Scope
  /** `find` knows `$slice`, `$elemMatch` and the positional `$`; pipelines do not. */
  readonly find: boolean
}

export function parseProjection(spec: Document, context: ProjectionContext): ParsedProjection {
  return new ProjectionParser(context).parse(spec)
}

class ProjectionParser {
  private readonly root: ProjectionTree = new Map()
  private inclusion: boolean | undefined
  private idIncluded = false
  private readonly found = new Set<ProjectionLeaf['kind']>()

  constructor(private readonly context: ProjectionContext) {}

  parse(spec: Document): ParsedProjection {
    for (const name of Object.keys(spec)) this.parseField(this.root, [], name, spec[name])
    const inclusion = this.inclusion ?? this.impliedInclusion()
    const idNamed = Object.keys(spec).some((name) => name === '_id' || name.startsWith('_id.'))
    if (inclusion && !idNamed) this.root.set('_id', { kind: 'include' })
    if (!inclusion && this.idIncluded) this.root.delete('_id')
    return { tree: this.root, inclusion }
  }

  /** Only `_id` and `$slice` or `$elemMatch` were named. */
  private impliedInclusion(): boolean {
    if (this.found.has('slice')) return this.idIncluded
    return this.found.has('elemMatch') || this.idIncluded
  }

  private parseField(parent: ProjectionTree, outer: readonly string[], name: string, value: unknown): void {
    const positional = /(^|\.)\$(\.|$)/.test(name)
    if (positional && !this.context.find)
      throw refusal(31324)`Cannot use positional projection in aggregation projection`
    if (isDocument(value)) {
      if (positional) throw refusal(31271)`positional projection cannot be used with an expression or sub object`
      this.parseDocument(parent, outer, name, value)
    } else if (typeof value === 'boolean' || isNumeric(value)) {
      if (!toBoolean(value)) this.exclude(parent, name)
      else if (positional) this.includePosition(parent, outer, name)
      else this.include(parent, name)
    } else {
      if (positional) throw refusal(31308)`positional projection cannot be used with a literal`
      this.compute(parent, name, value, () => {
        throw refusal(31310)`Cannot use an expression ${describeElement(name, value)} in an exclusion projection`
      })
    }
  }

  private parseDocument(parent: ProjectionTree, outer: readonly string[], name: string, value: Document): void {
    const fields = Object.keys(value)
    const [first = ''] = fields
    if (fields.length === 0)
      throw refusal(51270)`An empty sub-projection is not a valid value. Found empty object at path`
    if (fields.length === 1 && first.startsWith('$')) {
      this.parseOperator(parent, name, first, value)
      return
    }
    const path = splitPath(name)
    const tree: ProjectionTree = new Map()
    addNode(parent, path, 0, tree)
    for (const field of fields) {
      if (field.startsWith('$'))
        throw refusal(16410)`FieldPath field names may not start with '$'. Consider using $getField or $setField.`
      this.parseField(tree, [...outer, ...path], field, value[field])
    }
  }

  private parseOperator(parent: ProjectionTree, name: string, operator: string, value: Document): void {
    const operand = value[operator]
    if (operator === '$meta') throw refusal(40218)`query requires ${String(operand)} metadata, but it is not available`
    if (this.context.find && operator === '$slice' && isFindSlice(operand)) {
      this.add(parent, name, parseSlice(operand))
    } else if (this.context.find && operator === '$elemMatch') {
      this.add(parent, name, this.elemMatch(parent, name, operand))
    } else if (operator === '$elemMatch') {
      throw refusal(168)`Cannot use $elemMatch in this context`
    } else {
      this.compute(parent, name, value, () => {
        throw refusal(31252)`Cannot use expression other than $meta in exclusion projection`
      })
    }
  }

  private elemMatch(parent: ProjectionTree, name: string, operand: unknown): ProjectionLeaf {
    if (!isDocument(operand))
      throw refusal(31274)`elemMatch: Invalid argument, object required, but got ${typeName(operand)}`
    if (this.found.has('positional')) throw refusal(31255)`Cannot specify positional operator and $elemMatch.`
    if (parent !== this.root || name.includes('.'))
      throw refusal(31275)`Cannot use $elemMatch projection on a nested field.`
    const node = parseFilter({ [name]: { $elemMatch: operand } }, { scope: this.context.scope, nested: true })
    return { kind: 'elemMatch', filter: filterOf(node) }
  }

  private include(parent: ProjectionTree, name: string): void {
    this.add(parent, name, { kind: 'include' })
    if (parent === this.root && name === '_id') this.idIncluded = true
    else this.setInclusion(name)
  }

  private setInclusion(name: string): void {
    if (this.inclusion === false) throw refusal(31253)`Cannot do inclusion on field ${name} in exclusion projection`
    this.inclusion = true
  }

  private includePosition(parent: ProjectionTree, outer: readonly string[], name: string): void {
    if (this.found.has('positional'))
      throw refusal(31276)`Cannot specify more than one positional projection per query.`
    if (this.found.has('elemMatch')) throw refusal(31256)`Cannot specify positional operator and $elemMatch.`
    const { filter } = this.context
    if (!filter) throw refusal(51050)`Projections with a positional operator require a matcher`
    const first = outer[0] ?? name.split('.')[0] ?? ''
    if (!firstNames(filter.node).includes(first))
      throw refusal(31277)`Positional projection '${name}' does not match the query document.`
    if (name.indexOf('$') !== name.length - 1)
      throw refusal(31394)`As of 4.4, it's illegal to specify positional operator in the middle of a path.`
    this.add(parent, name.slice(0, -2), { kind: 'positional' })
    this.setInclusion(name)
  }

  private exclude(parent: ProjectionTree, name: string): void {
    this.add(parent, name, { kind: 'exclude' })
    if (parent === this.root && name === '_id') return
    if (this.inclusion === true) throw refusal(31254)`Cannot do exclusion on field ${name} in inclusion projection`
    this.inclusion = false
  }

  private compute(parent: ProjectionTree, name: string, value: unknown, refuse: () => never): void {
    if (this.inclusion === false) refuse()
    this.inclusion = true
    this.add(parent, name, { kind: 'compute', expression: compile(value, this.context.scope) })
  }

  private add(parent: ProjectionTree, name: string, leaf: ProjectionLeaf): void {
    this.found.add(leaf.kind)
    addNode(parent, splitPath(name), 0, leaf)
  }
}
