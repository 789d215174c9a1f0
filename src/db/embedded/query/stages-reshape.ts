import { describeValue, refusal } from './describe.js'
import { compile, compileExpression, type Scope } from './expressions.js'
import { addNode, splitPath, type ProjectionTree } from './projection-tree.js'
import { compileProjectStage, computeFields } from './projection.js'
import { isArray, isDocument, typeName, type Document } from './values.js'

export type Reshape = (document: Document) => Document

export const RESHAPING_STAGES: ReadonlySet<string> = new Set([
  '$addFields',
  '$set',
  '$project',
  '$unset',
  '$replaceRoot',
  '$replaceWith',
])

/** Compiles a stage that makes one document out of one. */
export function compileReshaping(name: string, spec: unknown, scope: Scope): Reshape {
  switch (name) {
    case '$project':
      if (!isDocument(spec)) throw refusal(15969)`$project specification must be an object`
      return compileProjectStage(spec, scope)
    case '$unset':
      return unsetFields(spec, scope)
    case '$replaceRoot':
      if (!isDocument(spec) || !('newRoot' in spec))
        throw refusal(40414)`BSON field '$replaceRoot.newRoot' is missing but a required field`
      return replaceRoot(spec['newRoot'], scope)
    case '$replaceWith':
      return replaceRoot(spec, scope)
    default:
      return addFields(name, spec, scope)
  }
}

function addFields(name: string, spec: unknown, scope: Scope): Reshape {
  if (!isDocument(spec)) throw refusal(40272)`${name} specification stage must be an object, got ${typeName(spec)}`
  const tree: ProjectionTree = new Map()
  for (const path of Object.keys(spec)) addComputed(tree, splitPath(path), spec[path], scope)
  return (document) => computeFields({ ...document }, tree, { root: document, variables: scope.variables })
}

/** A document that is no operator names fields within fields, as a dotted path does. */
function addComputed(tree: ProjectionTree, path: readonly string[], value: unknown, scope: Scope): void {
  const fields = isDocument(value) ? Object.keys(value) : []
  if (isDocument(value) && fields.length > 0 && !fields.some((field) => field.startsWith('$'))) {
    for (const field of fields) addComputed(tree, [...path, ...splitPath(field)], value[field], scope)
  } else {
    addNode(tree, path, 0, { kind: 'compute', expression: compile(value, scope) })
  }
}

function unsetFields(spec: unknown, scope: Scope): Reshape {
  const names = isArray(spec) ? spec : [spec]
  if (names.length === 0 || !names.every((name) => typeof name === 'string'))
    throw refusal(31002)`$unset specification must be a string or an array containing only string values`
  return compileProjectStage(Object.fromEntries(names.map((name) => [name, false])), scope)
}

function replaceRoot(expression: unknown, scope: Scope): Reshape {
  const evaluate = compileExpression(expression, scope)
  return (document) => {
    const root = evaluate(document)
    if (isDocument(root)) return root
    const found = root === undefined ? 'MISSING' : describeValue(root)
    throw refusal(
      40228,
    )`'newRoot' expression  must evaluate to an object, but resulting value was: ${found}. Type of resulting value: '${typeName(root)}'. Input document: ${describeValue(document)}`
  }
}
