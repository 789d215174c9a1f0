import type { FieldNode, FilterNode } from '../query/filter-node.js'
import { compareValues, typeOrder } from '../query/compare.js'
import type { Conjunction, Predicate } from './predicates.js'

/** Whether every document that fulfils the query also fulfils a partial index's filter; when in doubt, no. */
export function partialFilterHolds(filter: FilterNode, query: Conjunction): boolean {
  if (filter.kind === 'and') return filter.nodes.every((node) => partialFilterHolds(node, query))
  if (filter.kind === 'or') return filter.nodes.some((node) => partialFilterHolds(node, query))
  return filter.kind === 'field' && query.predicates.some((predicate) => implies(predicate, filter))
}

function implies(predicate: Predicate, filter: FieldNode): boolean {
  if (predicate.path !== filter.path || predicate.group !== undefined || predicate.operator === 'missing') return false
  if (filter.operator === '$exists') return provesExistence(predicate)
  if (predicate.operator === '$in') {
    return (predicate.operand as readonly unknown[]).every((value) => holdsFor(value, filter))
  }
  if (predicate.operator === '$eq' && holdsFor(predicate.operand, filter)) return true
  return predicate.operator === filter.operator && predicate.operator !== '$elemMatch'
    ? narrower(predicate, filter)
    : false
}

/** The filter's own test on the one value that the query asks for; arrays and null are left in doubt. */
function holdsFor(value: unknown, filter: FieldNode): boolean {
  if (value === null || value === undefined || Array.isArray(value)) return false
  if (filter.operator === '$in') {
    return (filter.operand as readonly unknown[]).some((other) => compareValues(value, other) === 0)
  }
  const order = typeOrder(value) === typeOrder(filter.operand) ? compareValues(value, filter.operand) : undefined
  if (order === undefined) return false
  if (filter.operator === '$eq') return order === 0
  return comparisonHolds(filter.operator, order)
}

function comparisonHolds(operator: string, order: number): boolean {
  if (operator === '$gt') return order > 0
  if (operator === '$gte') return order >= 0
  if (operator === '$lt') return order < 0
  return operator === '$lte' && order <= 0
}

function narrower(predicate: Predicate, filter: FieldNode): boolean {
  if (typeOrder(predicate.operand) !== typeOrder(filter.operand)) return false
  const order = compareValues(predicate.operand, filter.operand)
  if (filter.operator === '$gt' || filter.operator === '$gte') return order >= 0
  if (filter.operator === '$lt' || filter.operator === '$lte') return order <= 0
  return order === 0
}

function provesExistence({ operator, operand }: Predicate): boolean {
  if (operator === '$eq') return operand !== null && operand !== undefined
  if (operator === '$in') return (operand as readonly unknown[]).every((value) => value !== null && value !== undefined)
  return (
    operator === '$exists' || ((operator === '$gt' || operator === '$lt') && operand !== null) || operator === '$regex'
  )
}
