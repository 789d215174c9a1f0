import { textField } from '../../web/field.js'
import { form } from '../../web/form.js'

export const dismissForm = form({
  reason: textField({
    label: 'repairs.field.reason.label',
    hint: 'repairs.field.reason.hint',
    input: 'textarea',
    min: 10,
    max: 1000,
  }),
})
