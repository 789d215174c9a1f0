import type { Actor } from '../../shared/actor.js'
import type { ChoiceService } from '../choices/index.js'
import type { ConsentService } from '../consents/index.js'
import type { DecisionService } from '../decisions/index.js'
import type { MatchService } from '../matches/index.js'
import type { NeedChoices, NeedService } from '../needs/index.js'
import type { Cast } from './demo-people.js'
import reasons from './demo-reasons.json' with { type: 'json' }

/** The services through which schools, companies and the nation answer. */
export interface AnsweringStage {
  readonly consents: ConsentService
  readonly decisions: DecisionService
  readonly matches: MatchService
  readonly needs: NeedService
  readonly choices: ChoiceService
  readonly needChoices: NeedChoices
}

/** The nation agrees to what the round divides among several authorities; what they agreed to before is then approved. */
export async function agreeToShared({ consents }: AnsweringStage, national: Actor): Promise<void> {
  for (;;) {
    const { items } = await consents.list(national, 'awaiting')
    if (items.length === 0) return
    for (const { offerId, seen } of items) await consents.agree(national, offerId, seen)
  }
}

/** One company and one school say no to what an authority has approved. */
export async function declineTwo({ matches, decisions }: AnsweringStage, cast: Cast): Promise<void> {
  const { items } = await matches.list(cast.national, { state: 'approved' })
  const [first, second] = [items[2], items.at(-3)]
  const company = cast.companies.find(({ organisation }) => organisation === first?.companyId)
  const school = [...cast.schools.values()].find(({ organisation }) => organisation === second?.centralSchoolId)
  if (first === undefined || second === undefined || first === second) return
  if (company !== undefined) await decisions.decline(company, first.id, { cause: 'sold-out', words: '' })
  if (school !== undefined) {
    await decisions.decline(school, second.id, { cause: 'got-elsewhere', words: '' })
  }
}

/** A school puts the first offer that fits each of its open needs first, and refuses the second. */
export async function answerOffers({ needs, choices, needChoices }: AnsweringStage, school: Actor): Promise<void> {
  const { items } = await needs.list(school, { state: 'published' })
  for (const { id } of items) {
    const { need, offers } = await choices.read(school, id)
    const [liked, other] = offers.map(({ offer }) => offer)
    if (liked === undefined) continue
    const refusals =
      other === undefined ? [] : [{ offerId: other.id, companyId: other.companyId, reason: reasons.answers.refusal }]
    await needChoices.choose(school, id, need.version, { ranking: [liked.id], refusals })
  }
}
