import type { Request } from 'express'
import type { Actor, Role } from '../../shared/actor.js'
import type { Translate } from '../../shared/message.js'
import { figureNames, type PublicFigures } from './public-figures.js'

interface Task {
  readonly href: string
  readonly key: string
}

/** What each role does here most, first things first. */
const tasks: Readonly<Record<Role, readonly Task[]>> = {
  company: [
    { href: '/matches', key: 'company-matches' },
    { href: '/offers', key: 'company-offers' },
    { href: '/offers/new', key: 'company-new' },
  ],
  school: [
    { href: '/matches', key: 'school-matches' },
    { href: '/needs', key: 'school-needs' },
    { href: '/needs/new', key: 'school-new' },
    { href: '/schools', key: 'school-units' },
  ],
  coordinator: [
    { href: '/matches', key: 'coordinator-queue' },
    { href: '/rounds', key: 'coordinator-rounds' },
    { href: '/needs', key: 'coordinator-needs' },
    { href: '/offers', key: 'coordinator-offers' },
    { href: '/schools', key: 'coordinator-schools' },
  ],
  'national-coordinator': [
    { href: '/rounds', key: 'coordinator-rounds' },
    { href: '/matches', key: 'national-matches' },
    { href: '/needs', key: 'coordinator-needs' },
    { href: '/offers', key: 'coordinator-offers' },
    { href: '/schools', key: 'coordinator-schools' },
  ],
  administrator: [
    { href: '/rounds', key: 'coordinator-rounds' },
    { href: '/matches', key: 'national-matches' },
    { href: '/schools', key: 'coordinator-schools' },
  ],
}

export function homeView(actor: Actor | undefined, figures: PublicFigures, t: Translate, formats: Request['formats']) {
  return {
    title: t(
      actor === undefined ? 'home.title' : 'home.welcome',
      actor === undefined ? undefined : { name: actor.name },
    ),
    errors: [],
    isSignedIn: actor !== undefined,
    tasks: (actor === undefined ? [] : tasks[actor.role]).map(({ href, key }) => ({
      href,
      title: t(`home.task.${key}.title`),
      text: t(`home.task.${key}.text`),
    })),
    figures: figureNames.map((name) => ({ value: formats.number(figures[name]), label: t(`home.figure.${name}`) })),
    steps: steps.map((step) => ({ title: t(`home.step.${step}.title`), text: t(`home.step.${step}.text`) })),
    promises: promises.map((promise) => t(`home.promise.${promise}`)),
  }
}

const steps = ['ask', 'offer', 'match', 'decide'] as const
const promises = ['first', 'proven', 'reason', 'people'] as const

/** A page of plain text: its sections are in `locales/`, each a heading and paragraphs. */
export function textView(page: string, sections: readonly string[], t: Translate) {
  return {
    title: t(`home.${page}.title`),
    errors: [],
    lead: t(`home.${page}.lead`),
    sections: sections.map((section) => ({
      title: t(`home.${page}.${section}.title`),
      text: t(`home.${page}.${section}.text`),
    })),
  }
}
