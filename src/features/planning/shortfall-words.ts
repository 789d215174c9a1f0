import { message, type Message } from '../../shared/message.js'
import { dimensionLabel, isKindCode, kindOf, prerequisiteName } from '../catalogue/index.js'
import type { Costs } from '../matching/index.js'
import type { Policy } from './policy.js'
import { thingsOf } from './round-compile.js'
import type { RoundNeed, RoundSchool } from './round-input.js'
import type { RemovedByRule } from './round-result.js'
import { tierName } from './proposal-words.js'
import { tiers } from '../../shared/tier.js'

export const noOffer = (): Message => message('rounds.why-not.no-offer')

export const noCandidate = (need: RoundNeed, offers: number, rules: readonly RemovedByRule[]): Message =>
  message('rounds.why-not.no-candidate', { count: offers, rules: rules.map((rule) => ruleWords(need, rule)) })

/** `lacking` are bits of prerequisites. */
export const lacksFirst = (lacking: number): Message =>
  message('rounds.why-not.prerequisite', { things: thingsOf(lacking).map(prerequisiteName) })

export const reachedMaximum = (): Message => message('rounds.why-not.maximum')
/** In a plan that strives for something else than equity. */
export const elsewhere = (offers: number): Message => message('rounds.why-not.elsewhere', { count: offers })

export const lotsOrLimits = ({ mostPartners, companyShare }: Policy['limits']): Message =>
  companyShare === null
    ? message('rounds.why-not.limits', { most: mostPartners })
    : message('rounds.why-not.limits-share', { most: mostPartners, share: Math.round(companyShare * 100) })

interface Outbid {
  readonly need: RoundNeed
  readonly school: RoundSchool
  readonly candidates: number
  /** By how much a unit would have to be worth more. */
  readonly threshold: number
  readonly costs: Pick<Costs, 'gap' | 'ranksOfTier' | 'ranksOfUrgency'>
}

/** Every offer that fits goes to needs that come first; with how far they come first. */
export const outbid = ({ need, school, candidates, threshold, costs }: Outbid): Message =>
  message('rounds.why-not.outbid', { count: candidates, change: changeWords(need, school, threshold, costs) })

/**
 * Exact: urgency and tier change the rank of the need and not which offers fit it. That more urgency would have helped is
 * not said: nobody is to learn that it pays to exaggerate.
 */
function changeWords(need: RoundNeed, school: RoundSchool, threshold: number, costs: Outbid['costs']): Message {
  const ranks = Math.floor(threshold / costs.gap) + 1
  if (need.urgency + Math.ceil(ranks / costs.ranksOfUrgency) <= 3) return message('rounds.change.order')
  const tier = tiers[school.tier - Math.ceil(ranks / costs.ranksOfTier) - 1]
  return tier === undefined ? message('rounds.change.more') : message('rounds.change.tier', { tier: tierName(tier) })
}

function ruleWords(need: RoundNeed, { rule, about, removed }: RemovedByRule): Message {
  const dimension = isKindCode(need.kind) ? kindOf(need.kind).dimensions.find(({ name }) => name === about) : undefined
  const name = dimension === undefined ? message(`catalogue.rule.${rule}`) : dimensionLabel(dimension)
  return message('rounds.why-not.removed', { rule: name, removed })
}
