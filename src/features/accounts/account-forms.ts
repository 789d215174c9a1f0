import { form } from '../../web/form.js'
import { textField } from '../../web/field.js'
import { longestPassword } from './account.js'

export const signInForm = form({
  email: textField({ label: 'accounts.field.email', max: 254, input: 'email', autocomplete: 'username' }),
  password: textField({
    label: 'accounts.field.password',
    max: longestPassword,
    input: 'password',
    autocomplete: 'current-password',
  }),
})
