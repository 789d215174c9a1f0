import type { Round } from '../rounds/index.js'
import type { ProposalStore, StandingProposal } from '../runs/index.js'
import type { RepairEvent } from './repair-event.js'

type ById = (ids: readonly string[]) => Promise<ReadonlyMap<string, Side>>

interface Given {
  readonly proposals: Pick<ProposalStore, 'standing' | 'changesOf'>
  readonly offers: { readonly byIds: ById }
  readonly needs: { readonly byIds: ById }
  /** Codes of all authorities. */
  readonly everywhere: readonly string[]
  /** ISO date. */
  readonly today: string
}

interface Side {
  readonly state: string
  readonly available: number
  readonly validTo?: string
}

/** What an offer or a need can no longer give or take, as far as proposals stand on it. */
interface Broken {
  readonly event: RepairEvent['event']
  readonly subject: 'offer' | 'need'
  readonly id: string
  readonly authorities: readonly string[]
}

/** Looks at everything that stands: what can no longer be given, or is no longer needed, with the authorities concerned. */
export async function brokenOnes(given: Given): Promise<readonly Broken[]> {
  const { proposals, offers, needs, everywhere, today } = given
  const standing = await proposals.standing(everywhere)
  const sides = [
    { subject: 'offer', idOf: ({ offerId }: StandingProposal) => offerId, keeper: offers },
    { subject: 'need', idOf: ({ needId }: StandingProposal) => needId, keeper: needs },
  ] as const
  const found: Broken[] = []
  for (const { subject, idOf, keeper } of sides) {
    const groups = groupBy(standing, idOf)
    const known = await keeper.byIds([...groups.keys()])
    for (const [id, group] of groups) {
      const cause = causeOf(subject, known.get(id), { units: unitsOf(group), today })
      if (cause !== null)
        found.push({ event: cause, subject, id, authorities: [...new Set(group.map((one) => one.authority))] })
    }
  }
  return found
}

interface Asked {
  readonly units: number
  readonly today: string
}

function causeOf(subject: 'offer' | 'need', side: Side | undefined, { units, today }: Asked): Broken['event'] | null {
  if (side === undefined || side.state === 'withdrawn') return `${subject}-withdrawn`
  if (side.state !== 'published') return `${subject}-paused`
  if (side.validTo !== undefined && side.validTo < today) return 'offer-lapsed'
  return side.available < units ? `${subject}-changed` : null
}

/** Whether a repair can be put into the queues as it was planned: what it takes away stands, and what it brings can be given. */
export async function canStillBeMade({ id, changes }: Round, given: Given): Promise<boolean> {
  const { marked, prepared } = await given.proposals.changesOf(id)
  if (changes === null || marked.length !== changes.gone + changes.changed) return false
  const going = new Set(marked.map((one) => one.id))
  const left = (await given.proposals.standing(given.everywhere)).filter((one) => !going.has(one.id))
  const after = [...left, ...prepared]
  const touched = {
    offers: new Set(prepared.map(({ offerId }) => offerId)),
    needs: new Set(prepared.map(({ needId }) => needId)),
  }
  const broken = await brokenOnes({
    ...given,
    proposals: {
      ...given.proposals,
      standing: () =>
        Promise.resolve(after.filter((one) => touched.offers.has(one.offerId) || touched.needs.has(one.needId))),
    },
  })
  return !broken.some(({ subject, id: about }) => touched[`${subject}s`].has(about))
}

const unitsOf = (group: readonly StandingProposal[]): number => group.reduce((sum, { quantity }) => sum + quantity, 0)

function groupBy(
  standing: readonly StandingProposal[],
  idOf: (one: StandingProposal) => string,
): ReadonlyMap<string, readonly StandingProposal[]> {
  const groups = new Map<string, StandingProposal[]>()
  for (const one of standing) {
    const group = groups.get(idOf(one))
    if (group === undefined) groups.set(idOf(one), [one])
    else group.push(one)
  }
  return groups
}
