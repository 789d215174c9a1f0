import type { Actor } from '../../shared/actor.js'
import type { Reader } from '../listings/index.js'
import { changing, isActive, mayRunFor, type PlanChanges, type Round } from './round.js'
import { scopeWords } from './round-words.js'

/** What there is to say and to do about the way of a round, besides its progress. */
export const stateView = (reader: Reader, actor: Actor, round: Round) => ({
  interrupted: interruptedText(reader, round),
  trigger: triggerText(reader, round),
  dismissal: dismissalText(reader, round),
  changes: changesView(reader, round),
  cancel: mayStillCancel(actor, round) ? `/rounds/${round.id}/cancel` : null,
  repair: round.state === 'ready' && mayRunFor(actor, round.scope) ? repairActs(round.id) : null,
  plans: round.plans.length > 0 && round.trigger === null ? `/rounds/${round.id}/plans` : null,
  choice: choiceText(reader, round),
})

export const planName = ({ t }: Reader, key: string): string => t(`round-pages.plan.${key}`)

export const scopeText = ({ t, formats }: Reader, scope: readonly string[]): string => {
  const words = scopeWords(scope)
  return 'key' in words ? t(words) : formats.list(words.map((one) => t(one)))
}

/** A plan that is being put into the queues, or was, is not taken back. */
const mayStillCancel = (actor: Actor, { state, progress, scope, endedAt }: Round): boolean =>
  isActive(state) && progress.stage !== 'publishing' && endedAt === null && mayRunFor(actor, scope)

const repairActs = (id: string) => ({ accept: `/rounds/${id}/accept`, dismiss: `/rounds/${id}/dismiss` })

function interruptedText({ t, formats }: Reader, { state, interruptedAt }: Round): string | null {
  if (interruptedAt === null) return null
  const at = formats.dateTime(interruptedAt)
  return t(isActive(state) ? 'round-pages.interrupted.again' : 'round-pages.interrupted.once', { at })
}

const triggerText = ({ t, formats }: Reader, { trigger }: Round): string | null =>
  trigger === null
    ? null
    : t('round-pages.trigger.text', {
        event: t(`round-pages.trigger.${trigger.event}`),
        at: formats.dateTime(trigger.at),
      })

function dismissalText({ t, formats }: Reader, { dismissal }: Round): string | null {
  if (dismissal === null) return null
  const at = formats.dateTime(dismissal.at)
  if (dismissal.by === null) return t('round-pages.dismissal.overtaken', { at })
  return t('round-pages.dismissal.by', { name: dismissal.by.name, at, reason: dismissal.reason ?? '' })
}

/** "4 of 212 proposals change", and where they are listed. */
function changesView(reader: Reader, { id, changes }: Round) {
  if (changes === null) return null
  const isSame = changing(changes) + changes.fresh === 0
  return { text: changesText(reader, changes), href: isSame ? null : `/rounds/${id}/changes` }
}

export function changesText({ t }: Reader, changes: PlanChanges): string {
  const { standing, fresh, gone, changed } = changes
  if (standing === 0) return t('round-pages.changes.first', { count: fresh })
  const parts = [
    t('round-pages.changes.changing', { count: changing(changes), standing }),
    ...(gone === 0 ? [] : [t('round-pages.changes.gone', { count: gone })]),
    ...(changed === 0 ? [] : [t('round-pages.changes.changed', { count: changed })]),
    ...(fresh === 0 ? [] : [t('round-pages.changes.fresh', { count: fresh })]),
  ]
  return parts.join(' ')
}

function choiceText(reader: Reader, { choice }: Round): string | null {
  if (choice === null) return null
  const { t, formats } = reader
  const plan = planName(reader, choice.plan)
  if (choice.by === null) return t('round-pages.choice.policy', { plan })
  return t('round-pages.choice.by', {
    plan,
    name: choice.by.name,
    at: formats.dateTime(choice.at),
    reason: choice.reason ?? '',
  })
}
