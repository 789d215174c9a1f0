import type { FieldNode, FilterNode } from '../query/filter-node.js'

/** One condition on one path that every matching document fulfils. */
export interface Predicate {
  readonly path: string
  readonly operator: FieldNode['operator'] | 'missing'
  readonly operand: unknown
  /** Conditions that one element of an array fulfils together (`$elemMatch`) share a group. */
  readonly group?: FilterNode
  readonly node: FilterNode
}

/** A filter as conditions that all hold; `alternatives` are the `$or`s among them. */
export interface Conjunction {
  readonly predicates: readonly Predicate[]
  readonly alternatives: readonly (readonly FilterNode[])[]
  /** Every condition of the filter is one of the predicates, outside of `$elemMatch`. */
  readonly complete: boolean
}

export function readConjunction(node: FilterNode): Conjunction {
  const predicates: Predicate[] = []
  const alternatives: (readonly FilterNode[])[] = []
  const complete = conjuncts(node)
    .map((part) => {
      if (part.kind === 'or') alternatives.push(part.nodes)
      const found = readPredicates(part)
      predicates.push(...found)
      return found.length === 1 && part.kind === 'field' && part.operator !== '$elemMatch'
    })
    .every(Boolean)
  return { predicates, alternatives, complete }
}

function conjuncts(node: FilterNode): FilterNode[] {
  if (node.kind === 'and') return node.nodes.flatMap(conjuncts)
  return node.kind === 'or' && node.nodes.length === 1 && node.nodes[0] ? conjuncts(node.nodes[0]) : [node]
}

function readPredicates(node: FilterNode): Predicate[] {
  if (node.kind === 'not' && node.node.kind === 'field' && node.node.operator === '$exists') {
    return [{ path: node.node.path, operator: 'missing', operand: undefined, node }]
  }
  if (node.kind !== 'field') return []
  if (node.operator !== '$elemMatch') return [{ path: node.path, operator: node.operator, operand: node.operand, node }]
  return conjuncts(node.operand as FilterNode)
    .flatMap(readPredicates)
    .filter(({ operator, group }) => operator !== 'missing' && group === undefined)
    .map((inner) => ({ ...inner, path: inner.path === '' ? node.path : `${node.path}.${inner.path}`, group: node }))
}

/** Whether what fulfils this has the field, with a value other than null. */
export function provesPresence({ operator, operand }: Predicate): boolean {
  const present = (value: unknown): boolean => value !== null && value !== undefined
  if (operator === '$in') return (operand as readonly unknown[]).every(present)
  if (operator === '$exists' || operator === '$regex') return true
  return /^\$(?:eq|[gl]te?)$/.test(operator) && present(operand)
}
