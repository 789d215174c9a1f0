import { z } from 'zod'
import { isId } from '../../shared/ids.js'
import type { Field } from '../../web/field.js'
import { form } from '../../web/form.js'

/** So many at once at most: what fits on a page, with room. */
const most = 100

const allOf = (value: string | readonly string[] | undefined): string[] => [value ?? []].flat()

/** The ids that were ticked; with the button for the whole page, all that the page showed. */
const chosenField: Field<string[]> = {
  input: 'checkboxes',
  label: 'matches.choose.label',
  rule: z
    .array(z.string().refine(isId, 'errors.field.invalid'))
    .min(1, 'errors.field.choose')
    .max(most, 'errors.field.invalid'),
  read: (raw, name) => allOf(raw['all'] === undefined ? raw[name] : raw['shown']),
  write: (value, name) => ({ [name]: value }),
}

export const approveForm = form({ chosen: chosenField })
