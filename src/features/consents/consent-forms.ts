import { hiddenField, textField } from '../../web/field.js'
import { form } from '../../web/form.js'
import { reasonLimits } from '../matches/index.js'

const seen = hiddenField(32)

/** Carries the print of the division that was on the page. */
export const agreeForm = form({ seen })

export const rejectDivisionForm = form({
  seen,
  reason: textField({
    label: 'consents.field.reason.label',
    hint: 'consents.field.reason.hint',
    input: 'textarea',
    ...reasonLimits,
  }),
})
