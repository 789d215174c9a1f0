// Improves pages that already work without it. Nothing here is needed to read or send anything.
import {
  Button,
  CharacterCount,
  createAll,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  ServiceNavigation,
  SkipLink,
} from 'govuk-frontend'
import { followProgress } from './progress-follower.js'

// The stylesheet and the behaviours look for these two before they change anything.
document.body.classList.add('js-enabled', 'govuk-frontend-supported')

for (const behaviour of [
  Button,
  CharacterCount,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  ServiceNavigation,
  SkipLink,
]) {
  createAll(behaviour)
}

for (const element of document.querySelectorAll<HTMLElement>('[data-progress-url]')) followProgress(element)
