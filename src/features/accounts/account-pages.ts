import type { Clock } from '../../shared/clock.js'
import { RuleViolation } from '../../shared/errors.js'
import { actPage, formPage, type Page } from '../../web/pages.js'
import { formView } from '../../web/form-views.js'
import { localPath } from '../../web/language.js'
import { render } from '../../web/render.js'
import { saved } from '../../web/sessions.js'
import type { AttemptLimit } from '../../web/attempt-limit.js'
import { signInForm } from './account-forms.js'
import { normaliseEmail } from './account.js'
import { begin, end, type Authenticate } from './sign-in.js'

interface SignIn {
  readonly authenticate: Authenticate
  readonly attempts: AttemptLimit
  readonly clock: Clock
}

export const accountPages = ({ authenticate, attempts, clock }: SignIn): readonly Page[] => [
  formPage('/sign-in', 'public', {
    form: signInForm,
    show(req, res, form) {
      const { t } = req.words
      render(req, res, 'accounts/sign-in', { title: t('accounts.sign-in.title'), ...formView(form, t) })
    },
    async submit(req, res, { email }) {
      const key = `${normaliseEmail(email)} ${req.ip ?? ''}`
      await attempts.count(key)
      const user = await authenticate(req)
      if (user === null) throw new RuleViolation('accounts.sign-in.wrong', undefined, 'email')
      await attempts.forget(key)
      const wanted = localPath(req.session.wanted)
      await begin(req, user, clock())
      await saved(req)
      res.redirect(303, wanted)
    },
  }),
  actPage('/sign-out', 'signed-in', async (req, res) => {
    await end(req)
    res.redirect(303, '/')
  }),
]
