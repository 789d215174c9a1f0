import { compareValues } from '../query/compare.js'
import { encode, type Document } from '../documents.js'
import { matchRaw, type FieldNode, type FilterNode } from '../query/filter-node.js'
import { provesPresence, type Conjunction, type Predicate } from './predicates.js'

/** Whether every document that fulfils the query also fulfils a partial index's filter; when in doubt, no. */
export function partialFilterHolds(filter: FilterNode, query: Conjunction): boolean {
  if (filter.kind === 'and') return filter.nodes.every((node) => partialFilterHolds(node, query))
  if (filter.kind === 'or') return filter.nodes.some((node) => partialFilterHolds(node, query))
  return filter.kind === 'field' && query.predicates.some((predicate) => implies(predicate, filter))
}

function implies(predicate: Predicate, filter: FieldNode): boolean {
  const { path, operator, operand, group } = predicate
  if (path !== filter.path || group !== undefined || operator === 'missing') return false
  if (filter.operator === '$exists') return provesPresence(predicate)
  const holdsFor = (value: unknown): boolean =>
    value !== null && value !== undefined && !Array.isArray(value) && matches(filter, value)
  if (operator === '$in') return (operand as readonly unknown[]).every(holdsFor)
  const same = operator === filter.operator && operator !== '$elemMatch' && compareValues(operand, filter.operand) === 0
  const narrows = operator === '$eq' || operator.slice(0, 3) === filter.operator.slice(0, 3)
  return same || (narrows && /^\$(?:eq|[gl]te?)$/.test(operator) && holdsFor(operand))
}

/** Whether a document that has just this value at the filter's path would match. */
function matches(filter: FieldNode, value: unknown): boolean {
  const document = filter.path.split('.').reduceRight((inner: unknown, name): Document => ({ [name]: inner }), value)
  return matchRaw(filter, Buffer.from(encode(document as Document)), 0)
}
