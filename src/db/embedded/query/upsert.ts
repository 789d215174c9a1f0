import { refusal } from './describe.js'
import type { FilterNode } from './filter-node.js'
import { cloneValue, getField, isArray, isDocument, setField, type Document } from './values.js'

/** The document a filter describes with its equalities, from which an upsert starts. Only `_id` if `idOnly`. */
export function documentFromFilter(node: FilterNode, idOnly: boolean): Document {
  const equalities = new Map<string, unknown>()
  collectEqualities(node, equalities)
  const document: Document = {}
  for (const path of [...equalities.keys()].sort()) {
    if (idOnly && path !== '_id') continue
    setAtPath(document, path, cloneValue(equalities.get(path)))
  }
  return document
}

/** Equalities that hold for every match: of the filter itself, of `$and`, and of an `$or` or `$in` with one choice. */
function collectEqualities(node: FilterNode, equalities: Map<string, unknown>): void {
  if (node.kind === 'and' || (node.kind === 'or' && node.nodes.length === 1)) {
    for (const child of node.nodes) collectEqualities(child, equalities)
  } else if (node.kind === 'field') {
    const { path, operator, operand } = node
    if (operator === '$eq') addEquality(equalities, path, operand)
    else if (operator === '$in' && isArray(operand) && operand.length === 1) addEquality(equalities, path, operand[0])
  }
}

function addEquality(equalities: Map<string, unknown>, path: string, value: unknown): void {
  for (const other of equalities.keys()) {
    if (other === path) throw refusal(54)`cannot infer query fields to set, path '${path}' is matched twice`
    if (path.startsWith(`${other}.`) || other.startsWith(`${path}.`))
      throw refusal(54)`cannot infer query fields to set, both paths '${path}' and '${other}' are matched`
  }
  equalities.set(path, value)
}

function setAtPath(document: Document, path: string, value: unknown): void {
  const names = path.split('.')
  const last = names.pop() ?? ''
  let level = document
  for (const name of names) {
    const inner = getField(level, name)
    const next: Document = isDocument(inner) ? inner : {}
    setField(level, name, next)
    level = next
  }
  setField(level, last, value)
}
