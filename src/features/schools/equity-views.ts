import type { Request } from 'express'
import { factorNames } from '../../shared/equity-scale.js'
import { equityPolicy, type Equity } from './equity-weights.js'
import { ruleOfFactor } from './equity-words.js'

/** The public page of the index: the weights and limits in force, and the rules that the code computes with. */
export function equityPolicyView({ words: { t }, formats }: Request, { weights, tierFrom, version }: Equity) {
  return {
    title: t('schools.policy.title'),
    errors: [],
    lead: t('schools.policy.lead'),
    factors: {
      caption: t('schools.policy.factors'),
      columns: [
        { text: t('schools.equity.column.factor') },
        { text: t('schools.equity.column.weight'), format: 'numeric' },
        { text: t('schools.policy.column.rule') },
      ],
      rows: factorNames.map((name) => ({
        cells: [
          { text: t(`schools.equity.factor.${name}`) },
          { text: formats.percent(weights[name]) },
          { text: t(ruleOfFactor(name)) },
        ],
      })),
      empty: '',
    },
    missing: t('schools.policy.missing', { neutral: equityPolicy.neutral }),
    tiers: {
      caption: t('schools.policy.tiers'),
      columns: [{ text: t('schools.field.tier') }, { text: t('schools.policy.column.index') }],
      rows: [...tierFrom.keys(), tierFrom.length].map((at) => ({
        cells: [{ text: '', tier: at + 1 }, { text: tierLimits(at) }],
      })),
      empty: '',
    },
    fixed: t('schools.policy.fixed'),
    sources: t('schools.policy.sources'),
    version: t('schools.equity.version', { version }),
  }

  function tierLimits(at: number): string {
    const from = tierFrom[at]
    const below = at === 0 ? undefined : tierFrom[at - 1]
    if (from === undefined) return t('schools.policy.below', { below: below ?? 1 })
    return below === undefined ? t('schools.policy.from', { from }) : t('schools.policy.between', { from, below })
  }
}
