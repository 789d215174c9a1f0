import { RuleViolation } from '../../shared/errors.js'
import { choiceField, choicesField, numberField, optional, type Field, type Option } from '../../web/field.js'
import {
  dimensionHint,
  dimensionLabel,
  dimensionsFor,
  optionName,
  readSpecification,
  type Dimension,
  type KindCode,
  type Side,
  type Specification,
} from '../catalogue/index.js'

type SpecFieldName = `spec-${string}`

/** Fields of a form by the dimensions of its kind: `spec-ramGb` and so on. */
export type SpecificationFields = Readonly<Record<SpecFieldName, Field>>
export type SpecificationValues = Readonly<Record<SpecFieldName, unknown>>

const nameOf = (dimension: string): SpecFieldName => `spec-${dimension}`

/** The fields that describe one kind on one side, in the order of the catalogue. */
export const specificationFields = (kind: KindCode, side: Side): SpecificationFields =>
  Object.fromEntries(dimensionsFor(kind, side).map((dimension) => [nameOf(dimension.name), fieldOf(dimension, side)]))

function fieldOf(dimension: Dimension, side: Side): Field {
  const isRequired = dimension[side] === 'required'
  const words = { label: dimensionLabel(dimension), hint: dimensionHint(dimension) }
  // What may be left out is a list with an empty entry: without a script, a chosen radio can't be taken back.
  const input = isRequired ? 'radios' : 'select'
  const or = <Value>(field: Field<Value>): Field => (isRequired ? field : optional(field))
  switch (dimension.type) {
    case 'integer':
      return or(numberField({ ...words, min: dimension.min, max: dimension.max }))
    case 'yes-no':
      return or(choiceField({ ...words, input, options: yesOrNo }))
    case 'choice':
      return or(choiceField({ ...words, input, options: optionsOf(dimension) }))
    case 'choices':
      return choicesField({ ...words, options: optionsOf(dimension), min: isRequired ? 1 : 0 })
  }
}

const yesOrNo: readonly Option[] = [
  { value: 'yes', label: 'catalogue.yes' },
  { value: 'no', label: 'catalogue.no' },
]

const optionsOf = (dimension: Dimension & { readonly options: readonly string[] }): readonly Option[] =>
  dimension.options.map((value) => ({ value, label: optionName(dimension, value) }))

/** What the fields say, as the catalogue wants it. Throws RuleViolation that names the field. */
export function specificationFrom(kind: KindCode, side: Side, values: SpecificationValues): Specification {
  const given = Object.fromEntries(dimensionsFor(kind, side).map(({ name }) => [name, values[nameOf(name)]]))
  const checked = readSpecification(kind, side, given)
  if (checked.ok) return checked.spec
  const [problem] = checked.problems
  throw new RuleViolation(
    problem?.words.key ?? 'catalogue.invalid.object',
    problem?.words.values,
    nameOf(problem?.name ?? ''),
  )
}

/** A specification as the fields show it. */
export const specificationValues = (spec: Specification): SpecificationValues =>
  Object.fromEntries(
    Object.entries(spec).map(([name, value]) => [
      nameOf(name),
      typeof value === 'boolean' ? (value ? 'yes' : 'no') : value,
    ]),
  )
