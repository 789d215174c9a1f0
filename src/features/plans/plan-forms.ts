import { choiceField, textField } from '../../web/field.js'
import { form } from '../../web/form.js'
import type { Round } from '../rounds/index.js'
import { choiceReason } from './plan-choice.js'

/** Which of the other plans of a round, and why. */
export const chooseForm = ({ plans, choice }: Pick<Round, 'plans' | 'choice'>) =>
  form({
    plan: choiceField({
      label: 'plans.field.plan.label',
      options: plans
        .filter(({ key }) => key !== choice?.plan)
        .map(({ key }) => ({ value: key, label: `round-pages.plan.${key}`, hint: `plans.about.${key}` })),
    }),
    reason: textField({
      label: 'plans.field.reason.label',
      hint: 'plans.field.reason.hint',
      input: 'textarea',
      min: choiceReason.min,
      max: choiceReason.max,
    }),
  })
