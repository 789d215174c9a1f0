import { optional, textField } from '../../web/field.js'
import { form } from '../../web/form.js'
import { longestNote } from './round.js'

export const startForm = form({
  note: optional(
    textField({ label: 'round-pages.field.note.label', hint: 'round-pages.field.note.hint', max: longestNote }),
  ),
})
