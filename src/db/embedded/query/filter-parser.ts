import { BSONRegExp } from 'bson'
import { badValue, refusal } from './describe.js'
import { compilePredicate, type Scope } from './expressions.js'
import { comparisonLeaf, inLeaf, isRegex, regexLeaf } from './filter-comparison.js'
import { existsLeaf, modLeaf, sizeLeaf, typeLeaf } from './filter-leaves.js'
import { matchBareValue, matchRaw, type FilterNode, type Leaf } from './filter-node.js'
import { toBoolean } from './numbers.js'
import { eachItem, fieldPath, type FieldPath } from './path.js'
import { checkRegexOptions } from './regex.js'
import { BsonType, isArray, isDocument, type Document } from './values.js'

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
    case '$ref':
    case '$id':
    case '$db':
      return parseField(fieldPath(name), value, place)
    case '$expr':
      if (place.nested) throw badValue`$expr can only be applied to the top-level document`
      return [{ kind: 'expr', evaluate: compilePredicate(value, place.scope) }]
    case '$text':
      throw refusal(27)`text index required for $text query`
    case '$where':
      throw badValue`$where is not allowed in this context`
    case '$jsonSchema':
      throw refusal(224)`$jsonSchema is not allowed in this context`
    default:
      throw badValue`unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`
  }
}

function parseTree(name: '$and' | '$or' | '$nor', value: unknown, place: FilterPlace): FilterNode {
  if (!isArray(value)) throw badValue`${name} must be an array`
  if (value.length === 0) throw badValue`$and/$or/$nor must be a nonempty array`
  const children = value.map((entry) => {
    if (!isDocument(entry)) throw badValue`$or/$and/$nor entries need to be full objects`
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

const ON_DOCUMENTS = new Set(['$and', '$or', '$nor', '$where', '$expr', '$ref', '$id', '$db'])

/** Whether the items of an array are matched as values, by operators, and not as documents. */
export function isValueCondition(operand: unknown): operand is Document {
  return isOperatorDocument(operand) && !ON_DOCUMENTS.has(Object.keys(operand)[0] ?? '')
}

function parseOperators(path: FieldPath, operators: Document, place: FilterPlace): readonly FilterNode[] {
  return Object.keys(operators).flatMap((name) => {
    const operand = operators[name]
    if (name === '$options') {
      if ('$regex' in operators) return []
      throw badValue`$options needs a $regex`
    }
    if (name === '$regex') return [leafNode(path, regexLeaf(regexOperand(operand, operators['$options'])))]
    return [parseOperator(path, name, operand, place)]
  })
}

function regexOperand(regex: unknown, options: unknown): BSONRegExp {
  if (options !== undefined && typeof options !== 'string') throw badValue`$options has to be a string`
  checkRegexOptions(options ?? '')
  if (typeof regex === 'string') return new BSONRegExp(regex, options ?? '')
  if (!isRegex(regex)) throw badValue`$regex has to be a string`
  const given = regex instanceof RegExp ? new BSONRegExp(regex.source, regex.flags) : (regex as BSONRegExp)
  if (options === undefined) return given
  if (given.options !== '') throw refusal(51075)`options set in both $regex and $options`
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
      if (isRegex(operand)) throw badValue`Can't have RegEx as arg to predicate over field '${path.path}'.`
      return leafNode(path, comparisonLeaf(name, operand))
    case '$ne':
      if (isRegex(operand)) throw badValue`Can't have regex as arg to $ne.`
      return negation(leafNode(path, comparisonLeaf('$eq', operand)))
    case '$in':
      return leafNode(path, inLeaf(listOperand(name, operand)))
    case '$nin':
      return negation(leafNode(path, inLeaf(listOperand(name, operand))))
    case '$exists':
      return toBoolean(operand) ? leafNode(path, existsLeaf) : negation(leafNode(path, existsLeaf))
    case '$not':
      return parseNot(path, operand, place)
    case '$all':
      return parseAll(path, operand, place)
    case '$elemMatch':
      return leafNode(path, elemMatchLeaf(operand, place))
    default:
      return leafNode(path, plainLeaf(name, operand))
  }
}

const PLAIN_LEAVES = new Map([
  ['$type', typeLeaf],
  ['$mod', modLeaf],
  ['$size', sizeLeaf],
])

function plainLeaf(name: string, operand: unknown): Leaf {
  const make = PLAIN_LEAVES.get(name)
  if (make) return make(operand)
  if (name.startsWith('$near')) throw refusal(291)`error processing query: unable to find index for $geoNear query`
  throw badValue`unknown operator: ${name}`
}

function listOperand(name: string, operand: unknown): readonly unknown[] {
  if (!isArray(operand)) throw badValue`${name} needs an array`
  if (operand.some(isOperatorDocument)) throw badValue`cannot nest $ under $in`
  return operand
}

function parseNot(path: FieldPath, operand: unknown, place: FilterPlace): FilterNode {
  if (isRegex(operand)) return negation(leafNode(path, regexLeaf(operand)))
  if (!isDocument(operand)) throw badValue`$not needs a regex or a document`
  if (Object.keys(operand).length === 0) throw badValue`$not cannot be empty`
  return negation(conjunction(parseOperators(path, operand, place)))
}

function parseAll(path: FieldPath, operand: unknown, place: FilterPlace): FilterNode {
  if (!isArray(operand)) throw badValue`$all needs an array`
  if (operand.length === 0) return { kind: 'constant', value: false }
  const withItems = operand.map((item) => isDocument(item) && Object.keys(item)[0] === '$elemMatch')
  const children = operand.map((item, index) => {
    if (withItems[0] && !withItems[index]) throw badValue`$all/$elemMatch has to be consistent`
    if (withItems[0]) return leafNode(path, elemMatchLeaf((item as Document)['$elemMatch'], place))
    if (isOperatorDocument(item)) throw badValue`no $ expressions in $all`
    return leafNode(path, isRegex(item) ? regexLeaf(item) : comparisonLeaf('$eq', item))
  })
  return conjunction(children)
}

function elemMatchLeaf(operand: unknown, place: FilterPlace): Leaf {
  if (!isDocument(operand)) throw badValue`$elemMatch needs an Object`
  const inner = { ...place, nested: true }
  const onValues = isValueCondition(operand)
  const node = onValues ? conjunction(parseOperators(fieldPath(''), operand, inner)) : parseFilter(operand, inner)
  const matches = (raw: Buffer, type: number, offset: number): boolean => {
    if (onValues) return matchBareValue(node, raw, type, offset)
    return (type === BsonType.object || type === BsonType.array) && matchRaw(node, raw, offset)
  }
  const indexIn = (raw: Buffer, offset: number): number => {
    let found = -1
    eachItem(raw, offset, (type, start, index) => {
      if (matches(raw, type, start)) found = index
      return found >= 0
    })
    return found
  }
  return {
    operator: '$elemMatch',
    operand: node,
    arrays: 'whole',
    test: (raw, type, offset) => type === BsonType.array && indexIn(raw, offset) >= 0,
    indexIn,
  }
}
