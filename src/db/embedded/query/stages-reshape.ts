import { ServerError } from '../server-error.js'
import { describeValue } from './describe.js'
import { compile, compileExpression, type Scope } from './expressions.js'
import { compileProjectStage, computeFields } from './projection.js'
import { addNode, type ProjectionTree } from './projection-tree.js'
import { isArray, isDocument, typeName, type Document } from './values.js'

export type Reshape = (document: Document) => Document

/** Stages that make one document out of one: `$addFields`, `$set`, `$project`, `$unset`, `$replaceRoot`, `$replaceWith`. */
export function compileReshaping(name: string, spec: unknown, scope: Scope): Reshape {
  switch (name) {
    case '$addFields':
    case '$set':
      return addFields(name, spec, scope)
    case '$project':
      if (!isDocument(spec)) {
        throw new ServerError(15969, '$project specification must be an object')
      }
      return compileProjectStage(spec, scope)
    case '$unset':
      return unsetFields(spec, scope)
    case '$replaceRoot':
      return replaceRoot(newRootOf(spec), scope)
    case '$replaceWith':
      return replaceRoot(spec, scope)
    default:
      throw new ServerError(40324, `Unrecognized pipeline stage name: '${name}'`)
  }
}

function addFields(name: string, spec: unknown, scope: Scope): Reshape {
  if (!isDocument(spec)) {
    throw new ServerError(40272, `${name} specification stage must be an object, got ${typeName(spec)}`)
  }
  if (Object.keys(spec).length === 0) {
    throw new ServerError(40177, `Invalid ${name} :: caused by :: specification must have at least one field`)
  }
  const tree: ProjectionTree = new Map()
  for (const path of Object.keys(spec)) addComputed(tree, path.split('.'), spec[path], scope)
  return (document) => computeFields({ ...document }, tree, { root: document, variables: scope.variables })
}

/** A document that is no operator names fields within fields, as a dotted path does. */
function addComputed(tree: ProjectionTree, path: readonly string[], value: unknown, scope: Scope): void {
  if (path.includes('')) throw new ServerError(15998, 'FieldPath field names may not be empty strings.')
  if (path.some((part) => part.startsWith('$'))) {
    throw new ServerError(16410, "FieldPath field names may not start with '$'. Consider using $getField or $setField.")
  }
  const fields = isDocument(value) ? Object.keys(value) : []
  if (isDocument(value) && fields.length > 0 && !fields.some((field) => field.startsWith('$'))) {
    for (const field of fields) addComputed(tree, [...path, ...field.split('.')], value[field], scope)
  } else {
    addNode(tree, path, 0, { kind: 'compute', expression: compile(value, scope) })
  }
}

function unsetFields(spec: unknown, scope: Scope): Reshape {
  const names = isArray(spec) ? spec : [spec]
  if (names.length === 0) {
    throw new ServerError(31119, '$unset specification must be a string or an array with at least one field')
  }
  const excluded: Document = {}
  for (const name of names) {
    if (typeof name !== 'string') {
      throw new ServerError(31120, '$unset specification must be a string or an array containing only string values')
    }
    excluded[name] = false
  }
  return compileProjectStage(excluded, scope)
}

function newRootOf(spec: unknown): unknown {
  if (!isDocument(spec)) {
    throw new ServerError(40229, `expected an object as specification for $replaceRoot stage, got ${typeName(spec)}`)
  }
  const unknown = Object.keys(spec).find((name) => name !== 'newRoot')
  if (unknown !== undefined) {
    throw new ServerError(40415, `BSON field '$replaceRoot.${unknown}' is an unknown field.`)
  }
  if (!('newRoot' in spec)) {
    throw new ServerError(40414, `BSON field '$replaceRoot.newRoot' is missing but a required field`)
  }
  return spec['newRoot']
}

function replaceRoot(expression: unknown, scope: Scope): Reshape {
  const evaluate = compileExpression(expression, scope)
  return (document) => {
    const root = evaluate(document)
    if (isDocument(root)) return root
    throw new ServerError(
      40228,
      `'newRoot' expression  must evaluate to an object, but resulting value was: ${describeValue(root).toUpperCase() === 'MISSING' ? 'MISSING' : describeValue(root)}. Type of resulting value: '${typeName(root)}'. Input document: ${describeValue(document)}`,
    )
  }
}
