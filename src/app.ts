import compression from 'compression'
import express, { type Express } from 'express'
import { accountPages, setUpSignIn } from './features/accounts/index.js'
import { choicePages, choicesSummary } from './features/choices/index.js'
import { consentPages } from './features/consents/index.js'
import { decisionPages } from './features/decisions/index.js'
import { homePages } from './features/home/index.js'
import { demandPages } from './features/demand/index.js'
import { explanationPages, previewLines, whyLink } from './features/explanations/index.js'
import type { OutcomeOf, Reader } from './features/listings/index.js'
import { matchPages, matchTable } from './features/matches/index.js'
import { mayEditNeed, needPages, type Need } from './features/needs/index.js'
import { offerPages, type EffectOf } from './features/offers/index.js'
import { changePages } from './features/changes/index.js'
import { planPages } from './features/plans/index.js'
import { repairNotices, repairPages } from './features/repairs/index.js'
import { cataloguePages } from './features/catalogue/index.js'
import { draftPages, policyPages, replayPages } from './features/policies/index.js'
import { roundPages, whyNotView } from './features/rounds/index.js'
import { schoolPages } from './features/schools/index.js'
import { wishCostPages } from './features/wishes/index.js'
import type { Services } from './services.js'
import type { Actor } from './shared/actor.js'
import { assetAddresses, publicFiles } from './web/assets.js'
import { attemptLimit } from './web/attempt-limit.js'
import type { Frame } from './web/chrome.js'
import { noSuchPage, showError } from './web/errors.js'
import { languagePage, languages } from './web/language.js'
import { requestLog } from './web/log.js'
import { mountPages, type Page } from './web/pages.js'
import { useTemplates } from './web/render.js'
import { securityHeaders } from './web/security-headers.js'
import { endOldSessions, sessions } from './web/sessions.js'
import { loadTemplates } from './web/templates.js'
import { footer, navigation } from './navigation.js'

const publicFolder = new URL('../../public/', import.meta.url)
const viewsFolder = new URL('../../views/', import.meta.url)

/** The application as it is served and as it is tested: middleware in order, pages, errors last. */
export function createApp(services: Services, { isDemonstration = services.config.DEMONSTRATION } = {}): Express {
  const { config, database, clock, log, accounts } = services
  const { connection } = database
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', config.TRUSTED_PROXIES)
  app.locals['frame'] = {
    navigation,
    footer,
    asset: assetAddresses(publicFolder),
    isDemonstration,
  } satisfies Frame
  useTemplates(loadTemplates(viewsFolder))

  app.use(requestLog(log))
  app.use(securityHeaders(config.SECURE_COOKIES))
  app.use(
    compression({
      filter: (req, res) => res.getHeader('Content-Type') !== 'text/event-stream' && compression.filter(req, res),
    }),
  )
  app.use(languages(services.words))
  app.use(publicFiles(publicFolder))
  app.use(sessions({ connection, secret: services.sessionSecret, isHttps: config.SECURE_COOKIES }))
  app.use(endOldSessions(clock))
  app.use(express.urlencoded({ extended: false, limit: '100kb', parameterLimit: 2000 }))
  const authenticate = setUpSignIn(app, accounts)
  const attempts = attemptLimit(connection, { name: 'sign-in', attempts: 10, minutes: 15 })

  mountPages(app, [languagePage, ...accountPages({ authenticate, attempts, clock }), ...pagesOf(services)])
  app.use(noSuchPage)
  app.use(showError)
  return app
}

/** The pages of every feature, in the order of the vocabulary. */
export const pagesOf = (services: Services): readonly Page[] => [
  ...homePages({ ...services, noticesFor: repairNotices(services.repairs) }),
  ...schoolPages(services),
  ...cataloguePages(),
  ...offerPages({ ...services, outcomeOf: outcomeOfOffers(services), effectOf: effectOfOffers(services) }),
  ...needPages({ ...services, outcomeOf: outcomeOfNeeds(services), choicesOf: choicesOfNeeds(services) }),
  ...choicePages(services),
  ...wishCostPages(services),
  ...draftPages(services),
  ...replayPages(services),
  ...policyPages(services),
  ...roundPages(services),
  ...planPages(services),
  ...repairPages(services),
  ...consentPages(services),
  ...decisionPages({ ...services, ...queueParts(services) }),
  ...demandPages(services),
  ...explanationPages({ ...services, whyNot: (actor, id) => services.rounds.whyNot(actor, id) }),
  ...matchPages({ ...services, ...queueParts(services) }),
  ...changePages(services),
]

/** What the queue tells besides its matches. */
const queueParts = ({ repairs, changes }: Services) => ({
  noticesFor: repairNotices(repairs),
  obstaclesTo: (matches: Parameters<Services['changes']['obstaclesTo']>[0]) => changes.obstaclesTo(matches),
})

/** What became of a need or an offer, told on its own page. */
const outcomeOfNeeds =
  ({ matches, rounds }: Services): OutcomeOf =>
  async (reader, actor, id) => {
    const whyNot = whyNotView(reader, actor, await rounds.whyNot(actor, id))
    return {
      matches: matchTable(reader, 'need', await matches.ofNeed(actor, id)),
      whyNot,
      why: whyNot === null ? null : whyLink(reader, id),
    }
  }

const outcomeOfOffers =
  ({ matches }: Services): OutcomeOf =>
  async (reader, actor, id) => ({
    matches: matchTable(reader, 'offer', await matches.ofOffer(actor, id)),
    whyNot: null,
    why: null,
  })

/** What the last round would do with an offer that is being written. */
const effectOfOffers =
  ({ offerPreviews }: Services): EffectOf =>
  async (reader, actor, offer) =>
    previewLines(reader, await offerPreviews.effectOf(actor, offer))

/** What the school would rather have: its order and its refusals. */
const choicesOfNeeds =
  ({ choices }: Services) =>
  async (reader: Reader, actor: Actor, need: Need): Promise<object | null> => {
    const mayChoose = mayEditNeed(actor, need)
    if (!mayChoose && need.choiceHistory.length === 0) return null
    return choicesSummary(reader, need, await choices.namesFor(need), { actor, mayChoose })
  }
