import { message, type Message, type Translate } from '../../shared/message.js'
import { quantityOf } from '../catalogue/index.js'
import { tierName } from '../planning/index.js'
import { changeWords, inOne, othersWords, typeWords, type Discretion } from './change-words.js'
import type { MatchExplanation, MatchFactors } from './match-explanation.js'
import type { NeedExplanation } from './need-explanation.js'
import type { OfferEffect } from './offer-effect.js'
import type { Tried } from './trial.js'

export type Explanation = NeedExplanation | MatchExplanation | OfferEffect

/** A heading with what is said under it. */
export interface ExplanationPart {
  readonly title: Message
  readonly lines: readonly Message[]
}

/** An explanation in words that each reader gets in the language of the reader. */
export function explanationWords(explanation: Explanation, discretion: Discretion): readonly ExplanationPart[] {
  switch (explanation.type) {
    case 'need':
      return needWords(explanation, discretion)
    case 'match':
      return matchWords(explanation, discretion)
    case 'offer':
      return offerWords(explanation, discretion)
  }
}

/** The same as plain text, for a message or to be copied. */
export const explanationText = (t: Translate, explanation: Explanation, discretion: Discretion): string =>
  explanationWords(explanation, discretion)
    .map(({ title, lines }) => [t(title), ...lines.map((line) => `- ${t(line)}`)].join('\n'))
    .join('\n\n')

function needWords(explanation: NeedExplanation, discretion: Discretion): readonly ExplanationPart[] {
  const { kind, asked, given, reasonCode, changes, inVain } = explanation
  const figures = { asked: quantityOf(kind, asked), given: quantityOf(kind, given) }
  const state = message('why.need.state', figures)
  const title = message('why.need.title')
  if (reasonCode === null) return [{ title, lines: [state, message('why.need.met')] }]
  const [smallest, ...others] = changes
  const vain = inVain.length === 0 ? [] : [message('why.need.in-vain', { sorts: inVain.map(typeWords) })]
  const lines =
    smallest === undefined
      ? [message('why.need.no-change')]
      : [
          triedWords('why.need.smallest', smallest, explanation, discretion),
          ...others.map((tried) => triedWords('why.need.also', tried, explanation, discretion)),
        ]
  return [
    { title, lines: [state, bindingWords(explanation)] },
    { title: message('why.need.changes'), lines: [...lines, ...vain] },
  ]
}

function bindingWords({ reasonCode, rules }: NeedExplanation): Message {
  const [most] = [...rules].sort((one, other) => other.removed - one.removed)
  return reasonCode === 'no-candidate' && most !== undefined
    ? message('why.need.binding.no-candidate', {
        rule: message(`catalogue.rule.${most.rule}`),
        removed: most.removed,
      })
    : message(`why.need.binding.${reasonCode ?? 'limits'}`)
}

function triedWords(key: string, tried: Tried, need: NeedExplanation, discretion: Discretion): Message {
  const changes = tried.changes.map((change) => changeWords(change, need, discretion))
  const then = message(key, { changes, gets: quantityOf(need.kind, tried.gets) })
  return inOne([then, ...othersWords(tried.others, discretion)])
}

function matchWords(match: MatchExplanation, discretion: Discretion): readonly ExplanationPart[] {
  return [
    { title: message('why.match.factors'), lines: factorWords(match.factors) },
    { title: message('why.match.limit'), lines: [message(`why.match.binding.${match.binding}`)] },
    { title: message('why.match.without'), lines: withoutWords(match, discretion) },
  ]
}

function factorWords(factors: MatchFactors): readonly Message[] {
  const { tier, equityIndex, urgency, deadline, scope, days, ranked, stood, rivals, rivalsByTier } = factors
  return [
    message('why.match.tier', { tier: tierName(tier), index: Math.round(equityIndex * 100) / 100 }),
    deadline === null
      ? message(`rounds.reason.urgency.${urgency}`)
      : message(`rounds.reason.urgency-by.${urgency}`, { date: { date: deadline } }),
    message(`rounds.reason.place.${scope}`),
    message('why.match.days', { count: days }),
    ...(ranked === null ? [] : [message('why.match.ranked', { place: ranked })]),
    ...(stood ? [message('why.match.stood')] : []),
    rivals === 0
      ? message('rounds.reason.alone')
      : inOne([message('rounds.reason.rivals', { count: rivals }), message('why.match.rivals', { ...rivalsByTier })]),
  ]
}

function withoutWords({ kind, without }: MatchExplanation, discretion: Discretion): readonly Message[] {
  const { instead, missing, others } = without
  const units = instead.reduce((sum, one) => sum + one.units, 0)
  const companies = instead.map((one) =>
    message('why.match.from-company', { company: one.company, units: quantityOf(kind, one.units) }),
  )
  const gets = discretion.withNames
    ? message('why.match.instead-of', { companies })
    : message('why.match.instead', { units: quantityOf(kind, units) })
  return [
    units === 0 ? message('why.match.nothing') : gets,
    message('why.match.missing', { units: quantityOf(kind, missing) }),
    ...othersWords(others, discretion),
  ]
}

function offerWords(offer: OfferEffect, discretion: Discretion): readonly ExplanationPart[] {
  const { kind, used, quantity, unlocked, needs, schoolUnits, students, effect } = offer
  const use = message('why.offer.used', { used: quantityOf(kind, used), quantity: quantityOf(kind, quantity) })
  const title = message('why.offer.title')
  if (used === 0) return [{ title, lines: [use, message('why.offer.nothing')] }]
  const reached = [
    message('why.offer.needs', { count: needs }),
    message('why.offer.units', { count: schoolUnits }),
    message('why.offer.students', { count: students }),
  ]
  const replaced = used - unlocked
  return [
    {
      title,
      lines: [
        use,
        message('why.offer.reached', { reached }),
        ...(replaced > 0 ? [message('why.offer.replaced', { units: quantityOf(kind, replaced) })] : []),
      ],
    },
    { title: message('why.offer.where'), lines: othersWords(effect, discretion) },
  ]
}
