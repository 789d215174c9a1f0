import { ServerError } from '../server-error.js'
import { comparisonLeaf, inLeaf, regexLeaf } from './filter-comparison.js'
import { bitsLeaf, existsLeaf, modLeaf, sizeLeaf, typeLeaf } from './filter-leaves.js'
import { matchBareValue, matchDocument, type FilterNode, type Leaf } from './filter-node.js'
import { toBoolean } from './coerce.js'
import { checkRegexOptions } from './regex.js'
import { compilePredicate, type Scope } from './expressions.js'
import { fieldPath, type FieldPath } from './path.js'
import { BsonType, bsonType, isArray, isDocument, type Document } from './values.js'
import { BSONRegExp } from 'bson'

const BAD_VALUE = 2

/** Where a filter stands: `nested` is inside `$elemMatch` and `$pull`, where `$expr` is not allowed. */
export interface FilterPlace {
  readonly scope?: Scope | undefined
  readonly nested?: boolean
}

export function parseFilter(filter: Document, place: FilterPlace): FilterNode {
  return conjunction(
    Object.keys(filter).flatMap((name) => {
      const value = filter[name]
      return name.startsWith('$') ? parseTopLevel(name, value, place) : parseField(fieldPath(name), value, place)
    }),
  )
}

function conjunction(children: readonly FilterNode[]): FilterNode {
  const [only] = children
  return only && children.length === 1 ? only : { kind: 'and', nodes: children }
}

function parseTopLevel(name: string, value: unknown, place: FilterPlace): readonly FilterNode[] {
  switch (name) {
    case '$and':
    case '$or':
    case '$nor':
      return [parseTree(name, value, place)]
    case '$comment':
      return []
    case '$expr':
      if (place.nested) throw new ServerError(BAD_VALUE, '$expr can only be applied to the top-level document')
      return [{ kind: 'expr', evaluate: compilePredicate(value, place.scope) }]
    case '$alwaysTrue':
    case '$alwaysFalse':
      return [{ kind: 'constant', value: name === '$alwaysTrue' }]
    case '$text':
      throw new ServerError(27, 'text index required for $text query')
    case '$where':
      throw new ServerError(BAD_VALUE, '$where is not allowed in this context')
    case '$jsonSchema':
      throw new ServerError(224, '$jsonSchema is not allowed in this context')
    default:
      throw new ServerError(
        BAD_VALUE,
        `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      )
  }
}

function parseTree(name: '$and' | '$or' | '$nor', value: unknown, place: FilterPlace): FilterNode {
  if (!isArray(value)) throw new ServerError(BAD_VALUE, `${name} must be an array`)
  if (value.length === 0) throw new ServerError(BAD_VALUE, '$and/$or/$nor must be a nonempty array')
  const children = value.map((entry) => {
    if (!isDocument(entry)) throw new ServerError(BAD_VALUE, '$or/$and/$nor entries need to be full objects')
    return parseFilter(entry, place)
  })
  const kind = name === '$and' ? 'and' : name === '$or' ? 'or' : 'nor'
  return { kind, nodes: children }
}

function leafNode(path: FieldPath, leaf: Leaf): FilterNode {
  return { kind: 'field', path: path.path, operator: leaf.operator, operand: leaf.operand, fieldPath: path, leaf }
}

function negation(child: FilterNode): FilterNode {
  return { kind: 'not', node: child }
}

function parseField(path: FieldPath, value: unknown, place: FilterPlace): readonly FilterNode[] {
  if (isOperatorDocument(value)) return parseOperators(path, value, place)
  return [leafNode(path, isRegex(value) ? regexLeaf(value) : comparisonLeaf('$eq', value))]
}

/** Whether the first field is an operator. A DBRef, which has `$ref` and `$id`, is a value. */
export function isOperatorDocument(value: unknown): value is Document {
  if (!isDocument(value)) return false
  const first = Object.keys(value)[0]
  return first?.startsWith('$') === true && !('$ref' in value && '$id' in value)
}

function isRegex(value: unknown): boolean {
  return bsonType(value) === BsonType.regex
}

function parseOperators(path: FieldPath, operators: Document, place: FilterPlace): readonly FilterNode[] {
  return Object.keys(operators).flatMap((name) => {
    const operand = operators[name]
    if (name === '$options') {
      if ('$regex' in operators) return []
      throw new ServerError(BAD_VALUE, '$options needs a $regex')
    }
    if (name === '$regex') return [leafNode(path, regexLeaf(regexOperand(operand, operators['$options'])))]
    return [parseOperator(path, name, operand, place)]
  })
}

function regexOperand(regex: unknown, options: unknown): BSONRegExp {
  if (options !== undefined && typeof options !== 'string') {
    throw new ServerError(BAD_VALUE, '$options has to be a string')
  }
  checkRegexOptions(options ?? '')
  if (typeof regex === 'string') return new BSONRegExp(regex, options ?? '')
  if (!isRegex(regex)) throw new ServerError(BAD_VALUE, '$regex has to be a string')
  const given = regex instanceof RegExp ? new BSONRegExp(regex.source, regex.flags) : (regex as BSONRegExp)
  if (options === undefined) return given
  if (given.options !== '') throw new ServerError(51075, 'options set in both $regex and $options')
  return new BSONRegExp(given.pattern, options)
}

function parseOperator(path: FieldPath, name: string, operand: unknown, place: FilterPlace): FilterNode {
  switch (name) {
    case '$eq':
      return leafNode(path, comparisonLeaf(name, operand))
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      if (isRegex(operand)) {
        throw new ServerError(BAD_VALUE, `Can't have RegEx as arg to predicate over field '${path.path}'.`)
      }
      return leafNode(path, comparisonLeaf(name, operand))
    case '$ne':
      if (isRegex(operand)) throw new ServerError(BAD_VALUE, "Can't have regex as arg to $ne.")
      return negation(leafNode(path, comparisonLeaf('$eq', operand)))
    case '$in':
      return leafNode(path, inLeaf(listOperand(name, operand)))
    case '$nin':
      return negation(leafNode(path, inLeaf(listOperand(name, operand))))
    case '$exists':
      return toBoolean(operand) ? leafNode(path, existsLeaf()) : negation(leafNode(path, existsLeaf()))
    case '$not':
      return parseNot(path, operand, place)
    case '$all':
      return parseAll(path, operand, place)
    case '$elemMatch':
      return leafNode(path, elemMatchLeaf(operand, place))
    case '$comment':
      return { kind: 'constant', value: true }
    default:
      return leafNode(path, parsePlainOperator(name, operand))
  }
}

function parsePlainOperator(name: string, operand: unknown): Leaf {
  switch (name) {
    case '$type':
      return typeLeaf(operand)
    case '$mod':
      return modLeaf(operand)
    case '$size':
      return sizeLeaf(operand)
    case '$bitsAllSet':
    case '$bitsAllClear':
    case '$bitsAnySet':
    case '$bitsAnyClear':
      return bitsLeaf(name, operand)
    case '$near':
    case '$nearSphere':
      throw new ServerError(291, 'error processing query: unable to find index for $geoNear query')
    case '$where':
      throw new ServerError(BAD_VALUE, '$where cannot be applied to a field')
    default:
      throw new ServerError(BAD_VALUE, `unknown operator: ${name}`)
  }
}

function listOperand(name: string, operand: unknown): readonly unknown[] {
  if (!isArray(operand)) throw new ServerError(BAD_VALUE, `${name} needs an array`)
  if (operand.some(isOperatorDocument)) throw new ServerError(BAD_VALUE, 'cannot nest $ under $in')
  return operand
}

function parseNot(path: FieldPath, operand: unknown, place: FilterPlace): FilterNode {
  if (isRegex(operand)) return negation(leafNode(path, regexLeaf(operand)))
  if (!isDocument(operand)) throw new ServerError(BAD_VALUE, '$not needs a regex or a document')
  if (Object.keys(operand).length === 0) throw new ServerError(BAD_VALUE, '$not cannot be empty')
  return negation(conjunction(parseOperators(path, operand, place)))
}

function parseAll(path: FieldPath, operand: unknown, place: FilterPlace): FilterNode {
  if (!isArray(operand)) throw new ServerError(BAD_VALUE, '$all needs an array')
  if (operand.length === 0) return { kind: 'constant', value: false }
  const withItems = operand.map((item) => isDocument(item) && Object.keys(item)[0] === '$elemMatch')
  const children = operand.map((item, index) => {
    if (withItems[0] && !withItems[index]) throw new ServerError(BAD_VALUE, '$all/$elemMatch has to be consistent')
    if (withItems[0]) return leafNode(path, elemMatchLeaf((item as Document)['$elemMatch'], place))
    if (isOperatorDocument(item)) throw new ServerError(BAD_VALUE, 'no $ expressions in $all')
    return leafNode(path, isRegex(item) ? regexLeaf(item) : comparisonLeaf('$eq', item))
  })
  return conjunction(children)
}

function elemMatchLeaf(operand: unknown, place: FilterPlace): Leaf {
  if (!isDocument(operand)) throw new ServerError(BAD_VALUE, '$elemMatch needs an Object')
  const inner = { ...place, nested: true }
  const onValues =
    isOperatorDocument(operand) && !['$and', '$or', '$nor', '$where', '$expr'].includes(Object.keys(operand)[0] ?? '')
  const node = onValues ? conjunction(parseOperators(fieldPath(''), operand, inner)) : parseFilter(operand, inner)
  const matches = (item: unknown): boolean => {
    if (onValues) return matchBareValue(node, item)
    return (
      (isDocument(item) || isArray(item)) &&
      matchDocument(node, isArray(item) ? Object.fromEntries(item.entries()) : item)
    )
  }
  const indexIn = (array: readonly unknown[]): number => array.findIndex(matches)
  return {
    operator: '$elemMatch',
    operand: node,
    arrays: 'whole',
    test: (value) => isArray(value) && value.some(matches),
    indexIn,
  }
}
