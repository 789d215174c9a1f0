import { choiceField, optional, textField } from '../../web/field.js'
import { form } from '../../web/form.js'
import { declineCauses, reasonLimits } from '../matches/index.js'

const { min, max } = reasonLimits
const words = (field: string) => ({ label: `matches.field.${field}.label`, hint: `matches.field.${field}.hint` })

export const rejectForm = form({ reason: textField({ ...words('reason'), input: 'textarea', min, max }) })

/** Why a side declines; its own words may be left out where the cause says enough. */
export const declineForm = (side: 'company' | 'school') =>
  form({
    cause: choiceField({
      ...words('cause'),
      options: declineCauses[side].map((value) => ({ value, label: `matches.cause.${value}` })),
    }),
    words: optional(textField({ ...words('words'), input: 'textarea', max })),
  })
export type DeclineForm = ReturnType<typeof declineForm>
