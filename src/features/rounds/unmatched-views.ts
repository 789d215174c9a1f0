import type { Request } from 'express'
import type { Actor } from '../../shared/actor.js'
import type { Page } from '../../shared/page.js'
import { mayUse } from '../../shared/permission.js'
import { oneOf, pagingView } from '../../web/query.js'
import { areaOf, authorityCodes } from '../authorities/index.js'
import { categories, categoryName, kindName, quantityOf } from '../catalogue/index.js'
import { readerOf, type Reader } from '../listings/index.js'
import type { ReasonCode } from '../planning/index.js'
import type { Round, UnmatchedNeed, WhyNot } from './round.js'
import { roundName } from './round-views.js'
import type { UnmatchedFilter } from './unmatched-query.js'

const tierNumbers = ['1', '2', '3', '4', '5'] as const
const reasonCodes: readonly ReasonCode[] = ['no-offer', 'no-candidate', 'prerequisite', 'outbid', 'limits']

export function filterOf(req: Request): UnmatchedFilter {
  const tier = oneOf(req, 'tier', tierNumbers)
  return {
    tier: tier === undefined ? undefined : Number(tier),
    category: oneOf(req, 'category', categories),
    reasonCode: oneOf(req, 'reason', reasonCodes),
    authority: oneOf(req, 'authority', authorityCodes),
  }
}

interface Choice {
  readonly value: string
  readonly text: string
}

export function unmatchedView(req: Request, actor: Actor, round: Round, found: Page<UnmatchedNeed>) {
  const reader = readerOf(req)
  const { t } = reader
  return {
    title: t('round-pages.unmatched.title'),
    errors: [],
    round: roundName(reader, round),
    back: { href: `/rounds/${round.id}`, text: roundName(reader, round) },
    action: req.path,
    filters: filterSelects(reader, actor, filterOf(req)),
    items: found.items.map((need) => unmatchedRow(reader, need)),
    empty: t('round-pages.unmatched.empty'),
    paging: pagingView(req, found.next),
  }
}

/** A row of patterns/row-list. */
function unmatchedRow(reader: Reader, need: UnmatchedNeed) {
  const { t } = reader
  return {
    title: t('round-pages.unmatched.row', { kind: kindName(need.kind), school: need.school }),
    href: `/needs/${need.needId}`,
    tier: need.tier,
    text: t(need.reason),
    meta: [t('listings.value', { value: areaOf(need.authority) }), ...holderWords(reader, need)],
    figures: [
      { label: t('round-pages.unmatched.missing'), value: t(quantityOf(need.kind, need.missing)) },
      { label: t('round-pages.unmatched.asked'), value: t(quantityOf(need.kind, need.asked)) },
    ],
  }
}

/** Who gets the units instead; empty for a school. */
const holderWords = ({ t, formats }: Reader, { holders }: UnmatchedNeed): string[] =>
  holders.length === 0
    ? []
    : [
        t('round-pages.unmatched.holders', {
          holders: formats.list(
            holders.map(({ school, company }) => t('round-pages.unmatched.holder', { school, company })),
          ),
        }),
      ]

function filterSelects({ t }: Reader, actor: Actor, filter: UnmatchedFilter) {
  const areas = authorityCodes.filter((code) => actor.role !== 'coordinator' || actor.authorities.has(code))
  const select = (name: string, chosen: string | number | undefined, choices: readonly Choice[]) => ({
    id: name,
    name,
    label: { text: t(`round-pages.filter.${name}`) },
    items: [{ value: '', text: t('round-pages.filter.all') }, ...choices].map((choice) => ({
      ...choice,
      selected: choice.value === String(chosen ?? ''),
    })),
  })
  const tiers = tierNumbers.map((tier) => ({ value: tier, text: t('web.tier', { tier }) }))
  const named = categories.map((category) => ({ value: category, text: t(categoryName(category)) }))
  const codes = reasonCodes.map((code) => ({ value: code, text: t(`round-pages.code.${code}`) }))
  const places = areas.map((code) => ({ value: code, text: t('listings.value', { value: areaOf(code) }) }))
  return [
    select('tier', filter.tier, tiers),
    select('category', filter.category, named),
    select('reason', filter.reasonCode, codes),
    ...(areas.length > 1 ? [select('authority', filter.authority, places)] : []),
  ]
}

/** For the page of a need: why the last round did not serve it, or not all of it. */
export function whyNotView(reader: Reader, actor: Actor, whyNot: WhyNot | null) {
  if (whyNot === null) return null
  const { t, formats } = reader
  const { round, kind, missing, reason } = whyNot
  return {
    title: t('round-pages.why-not.title'),
    text: t('round-pages.why-not.part', {
      number: String(round.number),
      at: round.endedAt === null ? '' : formats.date(round.endedAt),
      missing: quantityOf(kind, missing),
    }),
    reason: t(reason),
    holders: holderWords(reader, whyNot).join(' '),
    ...(mayUse(actor, 'rounds:read')
      ? { href: `/rounds/${round.id}`, link: roundName(reader, round) }
      : { href: null, link: '' }),
  }
}
