import { message, type Message } from '../../shared/message.js'
import type { Tier } from '../../shared/tier.js'
import type { RoundNeed, RoundOffer, RoundSchool } from './round-input.js'

/** "tier 1 (the most marginalised fifth of schools)" */
export const tierName = (tier: Tier): Message => message(`rounds.tier.${tier}`)

interface Proposed {
  readonly need: RoundNeed
  readonly school: RoundSchool
  readonly offer: RoundOffer
  /** Other needs that could have had something of the offer. */
  readonly rivals: number
}

/** Why this school: its tier and what makes it so, the urgency, who else wanted the offer, and where the offer is for. */
export const proposalReason = ({ need, school, offer, rivals }: Proposed): Message =>
  message('rounds.reason.proposal', {
    tier: tierWords(school),
    urgency: urgencyWords(need),
    rivals: rivals === 0 ? message('rounds.reason.alone') : message('rounds.reason.rivals', { count: rivals }),
    place: message(`rounds.reason.place.${offer.territory.scope}`),
  })

function tierWords({ tier, isBranch, has, equityIndex }: RoundSchool): Message {
  const facts = [
    ...(isBranch ? ['branch'] : []),
    ...(has.electricity ? [] : ['no-electricity']),
    ...(has.connectivity ? [] : ['no-connectivity']),
    ...(has.devices ? [] : ['no-devices']),
  ]
  if (facts.length === 0)
    return message('rounds.reason.tier-index', { tier: tierName(tier), index: rounded(equityIndex) })
  return message('rounds.reason.tier-facts', {
    tier: tierName(tier),
    facts: facts.map((fact) => message(`rounds.fact.${fact}`)),
  })
}

const rounded = (index: number): number => Math.round(index * 100) / 100

const urgencyWords = ({ urgency, deadline }: RoundNeed): Message =>
  deadline === null
    ? message(`rounds.reason.urgency.${urgency}`)
    : message(`rounds.reason.urgency-by.${urgency}`, { date: { date: deadline } })
