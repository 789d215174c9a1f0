import type { Actor } from '../../shared/actor.js'
import type { AccountService } from '../accounts/index.js'
import type { MatchService } from '../matches/index.js'
import type { OfferService } from '../offers/index.js'
import type { OrganisationService } from '../organisations/index.js'
import type { PolicyDraftService, PolicyService, ReplayService } from '../policies/index.js'
import type { RoundService } from '../rounds/index.js'
import type { RoundRunner } from '../runs/index.js'
import type { SchoolService } from '../schools/index.js'
import { Chance } from './chance.js'
import { agreeToShared, answerOffers, declineTwo, type AnsweringStage } from './demo-answers.js'
import { days, moment, roundsBefore, waves, wavesBefore, type Wave } from './demo-calendar.js'
import { demoNeeds, shownSchool, type DemoNeed } from './demo-needs.js'
import { demoOffers, type DemoOffer } from './demo-offers.js'
import { bringIn, type Cast } from './demo-people.js'
import { draftPolicy } from './demo-policy.js'
import { demoRegister } from './demo-register.js'
import reasons from './demo-reasons.json' with { type: 'json' }

/** The services that play the story, and the clock that they read. */
export interface Stage extends AnsweringStage {
  readonly accounts: AccountService
  readonly organisations: OrganisationService
  readonly schools: SchoolService
  readonly offers: OfferService
  readonly rounds: RoundService
  readonly roundRunner: RoundRunner
  readonly policies: PolicyService
  readonly policyDrafts: PolicyDraftService
  readonly policyReplays: ReplayService
  /** Sets the time that every service sees. */
  readonly setNow: (at: Date) => void
}

const seed = 20_221_130

/**
 * Plays the year before `today` (ISO date) through the services: people, listings in four waves, a round and its
 * decisions after each of the first three. Everything that a person can read afterwards was done by somebody on a day.
 */
export async function playStory(stage: Stage, today: string): Promise<void> {
  const chance = new Chance(seed)
  stage.setNow(moment(days(today, -wavesBefore[1] - 7), 0))
  await stage.policies.ensureFirst()
  const register = demoRegister(chance)
  const needs = demoNeeds(register, today, chance)
  const shown = shownSchool(needs)
  const cast = await bringIn(stage, { register, shown }, chance)
  const offers = demoOffers(today)
  for (const wave of waves) {
    const begin = days(today, -wavesBefore[wave])
    await postOffers(
      stage,
      cast,
      offers.filter((offer) => offer.wave === wave),
      begin,
    )
    await postNeeds(
      stage,
      cast,
      needs.filter((need) => need.wave === wave),
      begin,
    )
    if (wave !== 4) await decideRound(stage, cast, wave, today, chance)
  }
  const school = cast.schools.get(shown)
  stage.setNow(moment(days(today, -2), 60))
  if (school !== undefined) await answerOffers(stage, school)
  stage.setNow(moment(days(today, -2), 120))
  await draftPolicy(stage, cast.national)
}

/** What happened on the same morning is stored together: the database then writes to the disk once for all of it. */
async function byMorning<Item>(
  items: readonly Item[],
  perMorning: number,
  post: (item: Item) => Promise<void>,
  begin: (morning: number) => void,
) {
  for (let from = 0; from < items.length; from += perMorning) {
    begin(from / perMorning)
    await Promise.all(items.slice(from, from + perMorning).map(post))
  }
}

async function postOffers(stage: Stage, { companies }: Cast, offers: readonly DemoOffer[], begin: string) {
  const posted: { actor: Actor; id: string; fate: DemoOffer['fate'] }[] = []
  const post = async ({ company, terms, fate }: DemoOffer): Promise<void> => {
    const actor = companies[company]
    if (actor === undefined) throw new RangeError(`There is no company ${company}`)
    const { id } = await stage.offers.draft(actor, terms)
    if (fate !== 'draft') await stage.offers.publish(actor, id)
    posted.push({ actor, id, fate })
  }
  await byMorning(offers, 6, post, (morning) => {
    stage.setNow(moment(days(begin, morning), morning * 37))
  })
  stage.setNow(moment(days(begin, 15), 90))
  for (const { actor, id, fate } of posted) {
    if (fate === 'paused') await stage.offers.pause(actor, id)
    if (fate === 'withdrawn') await stage.offers.withdraw(actor, id, reasons.withdrawals.offer)
  }
}

async function postNeeds(stage: Stage, { schools, units }: Cast, needs: readonly DemoNeed[], begin: string) {
  const posted: { actor: Actor; id: string; fate: DemoNeed['fate'] }[] = []
  const post = async ({ unit, central, terms, fate }: DemoNeed): Promise<void> => {
    const [actor, schoolUnit] = [schools.get(central), units.get(unit)]
    if (actor === undefined || schoolUnit === undefined) throw new RangeError(`The register has no ${unit}`)
    const { id } = await stage.needs.draft(actor, { ...terms, schoolUnitId: schoolUnit.id })
    if (fate !== 'draft') await stage.needs.publish(actor, id)
    posted.push({ actor, id, fate })
  }
  await byMorning(needs, 10, post, (morning) => {
    stage.setNow(moment(days(begin, 1 + morning), morning * 53))
  })
  stage.setNow(moment(days(begin, 16), 120))
  for (const { actor, id, fate } of posted) {
    if (fate === 'paused') await stage.needs.pause(actor, id)
    if (fate === 'withdrawn') await stage.needs.withdraw(actor, id, reasons.withdrawals.need)
  }
}

/** A round, and what coordinators and the nation made of it in two weeks: most approved, some rejected, some left. */
async function decideRound(stage: Stage, cast: Cast, wave: Exclude<Wave, 4>, today: string, chance: Chance) {
  const day = days(today, -roundsBefore[wave])
  stage.setNow(moment(day, 0))
  const { id } = await stage.rounds.start(cast.national, reasons.notes[wave - 1] ?? '')
  await stage.roundRunner.perform(id)
  for (const [at, coordinator] of [...cast.coordinators.values()].entries()) {
    stage.setNow(moment(days(day, 2 + at), at * 17))
    await decideQueue(stage, coordinator, chance)
  }
  stage.setNow(moment(days(day, 15), 40))
  await agreeToShared(stage, cast.national)
  if (wave === 3) await declineTwo(stage, cast)
}

async function decideQueue({ matches, decisions }: Stage, coordinator: Actor, chance: Chance): Promise<void> {
  const ids = await queueOf(matches, coordinator)
  const drawn = ids.map((id) => ({ id, share: chance.next() }))
  const written = rejectionsOf(coordinator)
  await decisions.approveMany(
    coordinator,
    drawn.filter(({ share }) => share < 0.74).map(({ id }) => id),
  )
  for (const { id } of drawn.filter(({ share }) => share >= 0.74 && share < 0.88)) {
    await decisions.reject(coordinator, id, chance.pick(written))
  }
}

async function queueOf(matches: MatchService, coordinator: Actor): Promise<string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page = await matches.list(coordinator, { state: 'proposed' }, cursor)
    ids.push(...page.items.map(({ id }) => id))
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return ids.sort()
}

const languages: Readonly<Record<string, keyof typeof reasons.rejections>> = {
  RS: 'sr-Latn',
  ZHK: 'hr',
  HNK: 'hr',
  PK: 'hr',
  K10: 'hr',
}

const rejectionsOf = ({ authorities }: Actor): readonly string[] =>
  reasons.rejections[languages[[...authorities][0] ?? ''] ?? 'bs']
