import type { FieldView, FormView } from '../../web/form-views.js'
import { summaryRow, type Reader } from '../listings/index.js'
import type { Policy } from '../planning/index.js'
import { termsOf, type PolicyDocument, type PolicyTerms } from './policy-document.js'
import { changesBetween, policySections } from './policy-numbers.js'
import type { PolicyReplay } from './policy-replay.js'
import { changeTable, numbersOf, sectionTables, sectionWords, stateOf } from './policy-views.js'
import { replayRow } from './replay-views.js'

interface Shown {
  readonly draft: PolicyDocument
  readonly inForce: Policy
  readonly replays: readonly PolicyReplay[]
}

/** A row of patterns/row-list. */
export const draftRow = (reader: Reader, draft: PolicyDocument, inForce: PolicyTerms) => ({
  title: draft.title,
  href: `/policies/drafts/${draft.id}`,
  state: stateOf(reader, draft),
  meta: [
    writtenBy(reader, draft),
    reader.t('policies.drafts.changed', { count: changesBetween(inForce, draft.terms).length }),
  ],
})

const writtenBy = ({ t, formats }: Reader, { draftedBy, editedAt }: PolicyDocument): string =>
  t('policies.drafts.written', { name: draftedBy?.name ?? '', at: formats.dateTime(editedAt) })

const isTried = ({ draft, replays }: Shown): boolean =>
  replays.some(({ hash, outcome }) => hash === draft.hash && outcome !== null)

/** What is missing before the draft can be published; null = nothing. */
function obstacleOf({ t }: Reader, shown: Shown): string | null {
  const { draft, inForce } = shown
  if (changesBetween(termsOf(inForce), draft.terms).length === 0) {
    return t('policies.publish.nothing-new', { version: String(inForce.version) })
  }
  return isTried(shown) ? null : t('policies.publish.replay-first')
}

const changesOf = (reader: Reader, { draft, inForce }: Shown) =>
  changeTable(reader, changesBetween(termsOf(inForce), draft.terms), {
    before: reader.t('policies.column.in-force', { version: String(inForce.version) }),
    after: reader.t('policies.column.draft'),
  })

export function draftView(reader: Reader, shown: Shown) {
  const { draft, replays } = shown
  const address = `/policies/drafts/${draft.id}`
  const obstacle = obstacleOf(reader, shown)
  const act = (name: string, classes: string) => ({
    href: `${address}/${name}`,
    text: reader.t(`policies.act.${name}`),
    isLink: true,
    classes,
  })
  const second = 'govuk-button--secondary'
  return {
    title: draft.title,
    errors: [],
    back: { href: '/policies/drafts', text: reader.t('policies.drafts.title') },
    state: stateOf(reader, draft),
    written: writtenBy(reader, draft),
    obstacle,
    acts: [
      act('replay', obstacle === null ? second : ''),
      ...(obstacle === null ? [act('publish', '')] : []),
      act('edit', second),
      act('discard', 'govuk-button--warning'),
    ],
    changes: changesOf(reader, shown),
    replays: replays.map((replay) => replayRow(reader, replay, draft.hash)),
    noReplays: reader.t('policies.replay.none'),
    sections: sectionTables(reader, draft.terms),
    details: [summaryRow(reader.t('policies.details.hash'), draft.hash)],
  }
}

/** The page that asks why: what changes, and what the replays said. */
export function publishView(reader: Reader, shown: Shown) {
  const { draft, inForce, replays } = shown
  const obstacle = obstacleOf(reader, shown)
  return {
    title: reader.t('policies.publish.title'),
    back: { href: `/policies/drafts/${draft.id}`, text: draft.title },
    action: `/policies/drafts/${draft.id}/publish`,
    replay: `/policies/drafts/${draft.id}/replay`,
    obstacle,
    warning: reader.t('policies.publish.warning', { version: String(inForce.version + 1) }),
    revision: String(draft.revision),
    inForce: String(inForce.version),
    changes: changesOf(reader, shown),
    replays: replays
      .filter(({ hash, outcome }) => hash === draft.hash && outcome !== null)
      .map((replay) => replayRow(reader, replay, draft.hash)),
  }
}

/** The fields of the form by section, each with the partial that draws it. */
export const formSections = (reader: Reader, { list }: FormView) =>
  policySections.map((section) => ({
    ...sectionWords(reader, section),
    fields: numbersOf(section).flatMap(({ name }) => list.filter((field: FieldView) => field.name === name)),
  }))
