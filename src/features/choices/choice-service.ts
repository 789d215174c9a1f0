import type { Actor } from '../../shared/actor.js'
import { dateInBosnia, type Clock } from '../../shared/clock.js'
import { isId } from '../../shared/ids.js'
import { decodeCursor, encodeCursor } from '../../shared/page.js'
import type { SchoolTerms } from '../catalogue/index.js'
import type { Need, NeedService } from '../needs/index.js'
import type { OfferUnits, OpenOffer } from '../offers/index.js'
import type { OrganisationService } from '../organisations/index.js'
import { unitHas, type SchoolService } from '../schools/index.js'
import { candidateFor, kindsServing, type Candidate, type ChoiceNames, type ChoicePage } from './choice.js'

export interface ChoiceService {
  /** Throws NotFoundError for a need that the actor may not know of. */
  read(actor: Actor, needId: string, cursor?: string): Promise<ChoicePage>
  /** What the choices of a need name. */
  namesFor(need: Pick<Need, 'ranking' | 'refusals' | 'choiceHistory'>): Promise<ChoiceNames>
}

interface Parts {
  readonly needs: Pick<NeedService, 'read'>
  readonly offerUnits: Pick<OfferUnits, 'openOfKinds' | 'byIds'>
  readonly schools: Pick<SchoolService, 'unitsByIds'>
  readonly organisations: Pick<OrganisationService, 'companiesByIds'>
  readonly clock: Clock
}

/** So many offers stand on a page; so many are read at once to fill it. */
export const offersOnPage = 50
const atOnce = 200

interface Question {
  readonly need: Need
  readonly school: SchoolTerms
  readonly today: string
}

export function createChoiceService({ needs, offerUnits, schools, organisations, clock }: Parts): ChoiceService {
  const companiesOf = async (offers: Iterable<OpenOffer>): Promise<ReadonlyMap<string, string>> => {
    const found = await organisations.companiesByIds([...offers].map(({ companyId }) => companyId))
    return new Map([...found].map(([id, { name }]) => [id, name]))
  }

  const judged = async (offers: readonly OpenOffer[], { need, school, today }: Question) => {
    const companies = await companiesOf(offers)
    const company = (offer: OpenOffer): string => companies.get(offer.companyId) ?? ''
    return offers.map((offer) => ({
      offer,
      company: company(offer),
      found: candidateFor({ offer, company: company(offer) }, { need, school }, today),
    }))
  }

  /** One more than fits, so that it is known whether there are more. */
  const openFor = async (question: Question, from: string | null): Promise<Candidate[]> => {
    const { need, today } = question
    const unwanted = new Set(need.refusals.flatMap(({ offerId, companyId }) => (offerId === null ? [companyId] : [])))
    const asked = { kinds: kindsServing(need.kind), authority: need.authority, today }
    const found: Candidate[] = []
    let after = from
    for (;;) {
      const some = await offerUnits.openOfKinds({ ...asked, after }, atOnce)
      const wanted = some.filter(({ id, companyId }) => !unwanted.has(companyId) && !need.ranking.includes(id))
      found.push(...(await judged(wanted, question)).flatMap((one) => one.found ?? []))
      after = some.at(-1)?.id ?? null
      if (found.length > offersOnPage || some.length < atOnce) return found.slice(0, offersOnPage + 1)
    }
  }

  /** What is in order is shown on every page; what is refused and not open now, on the first. */
  const chosenOf = async (question: Question, isFirst: boolean): Promise<Candidate[]> => {
    const { need, today } = question
    const refused = need.refusals.flatMap(({ offerId }) => offerId ?? [])
    const stored = await offerUnits.byIds([...need.ranking, ...(isFirst ? refused : [])])
    const inOrder = [...need.ranking, ...refused].flatMap((id) => stored.get(id) ?? [])
    return (await judged(inOrder, question)).flatMap(({ offer, company, found }) => {
      const isOpen = found !== null && offer.state === 'published' && offer.available > 0 && offer.validTo >= today
      if (isOpen && refused.includes(offer.id)) return []
      return [{ offer, company, isOpen, lacks: found?.lacks ?? [] }]
    })
  }

  return {
    async read(actor, needId, cursor) {
      const need = await needs.read(actor, needId)
      const [last] = decodeCursor(cursor, 1) ?? []
      const from = typeof last === 'string' && isId(last) ? last : null
      const unit = (await schools.unitsByIds([need.schoolUnitId])).get(need.schoolUnitId)
      const { authority, municipality } = need
      const has = unit === undefined ? { electricity: true, connectivity: true, devices: true } : unitHas(unit)
      const school = { authority, municipality, level: unit?.level ?? null, has }
      const question = { need, school, today: dateInBosnia(clock()) }
      const [offers, chosen, refused] = await Promise.all([
        openFor(question, from),
        chosenOf(question, from === null),
        organisations.companiesByIds(need.refusals.flatMap((one) => (one.offerId === null ? [one.companyId] : []))),
      ])
      const shown = offers.slice(0, offersOnPage)
      const end = shown.at(-1)?.offer.id
      return {
        need,
        unit: unit?.name ?? '',
        chosen,
        offers: shown,
        refused: [...refused].map(([id, { name }]) => ({ id, name })),
        next: offers.length > offersOnPage && end !== undefined ? encodeCursor([end]) : null,
      }
    },
    async namesFor({ ranking, refusals, choiceHistory }) {
      const steps = choiceHistory.flatMap((step) => [...step.ranking, ...step.refused])
      const ids = [...ranking, ...refusals.flatMap(({ offerId }) => offerId ?? []), ...steps]
      const offers = await offerUnits.byIds(ids)
      const known = new Set([...offers.values()].map(({ companyId }) => companyId))
      const asked = [...known, ...refusals.map(({ companyId }) => companyId), ...steps]
      const found = await organisations.companiesByIds(asked)
      const companies = new Map([...found].map(([id, { name }]) => [id, name]))
      const named = [...offers.values()].map(({ id, title, companyId }) => ({
        id,
        title,
        company: companies.get(companyId) ?? '',
      }))
      return { offers: new Map(named.map((offer) => [offer.id, offer])), companies }
    },
  }
}
