import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.js'
import type { Database } from './db/connect.js'
import { createJobs, type Jobs } from './db/jobs.js'
import { createAccountService, type AccountService } from './features/accounts/index.js'
import { createAuditService, type AuditService } from './features/audit/index.js'
import { createChoiceService, type ChoiceService } from './features/choices/index.js'
import { createConsentService, type ConsentService } from './features/consents/index.js'
import { createBooks, createDecisionService, type DecisionService } from './features/decisions/index.js'
import type { DemandService } from './features/demand/index.js'
import { createDemonstrationService, type DemonstrationService } from './features/demonstration/index.js'
import type { ExplanationService, OfferPreviews } from './features/explanations/index.js'
import { createHomeService, type HomeService } from './features/home/index.js'
import { createMatchService, type MatchService } from './features/matches/index.js'
import {
  createNeedChoices,
  createNeedService,
  createNeedUnits,
  followRegisterOn,
  openDemandOn,
  type NeedChoices,
  type NeedService,
  type NeedUnits,
} from './features/needs/index.js'
import {
  createOfferService,
  createOfferUnits,
  type OfferService,
  type OfferUnits,
  type OpenNeedsOf,
} from './features/offers/index.js'
import { createOrganisationService, type OrganisationService } from './features/organisations/index.js'
import { choicesThatTell, needsThatTell, offersThatTell } from './features/repairs/index.js'
import { createPolicyService, type PolicyService } from './features/policies/index.js'
import { createSchoolService, type EquitySource, type SchoolService } from './features/schools/index.js'
import { createPolicyServices, equityFrom, type PolicyServices } from './services/policy-services.js'
import { createQuestionServices } from './services/question-services.js'
import { createRoundServices, type RoundServices } from './services/round-services.js'
import type { WishCostService } from './features/wishes/index.js'
import { loadWords } from './locales/words.js'
import { systemClock, type Clock } from './shared/clock.js'
import type { Locale } from './shared/locale.js'
import type { Translator } from './shared/message.js'
import { createLog, type Logger } from './web/log.js'

/** Everything the application is made of, put together here and nowhere else. */
export interface Services extends PolicyServices, RoundServices {
  readonly config: Config
  readonly database: Database
  readonly clock: Clock
  readonly log: Logger
  readonly words: (locale: Locale) => Translator
  readonly sessionSecret: string
  readonly accounts: AccountService
  readonly organisations: OrganisationService
  readonly schools: SchoolService
  readonly offers: OfferService
  readonly offerUnits: OfferUnits
  readonly needs: NeedService
  readonly needUnits: NeedUnits
  readonly needChoices: NeedChoices
  readonly choices: ChoiceService
  /** Open needs, as the pages of offers ask for them. */
  readonly openNeedsOf: OpenNeedsOf
  readonly policies: PolicyService
  readonly matches: MatchService
  readonly explanations: ExplanationService
  readonly wishCosts: WishCostService
  readonly decisions: DecisionService
  readonly consents: ConsentService
  readonly demand: DemandService
  readonly offerPreviews: OfferPreviews
  readonly jobs: Jobs
  readonly audit: AuditService
  readonly home: HomeService
  readonly demonstration: DemonstrationService
}

/** What a test replaces: the time. */
interface Given {
  readonly clock?: Clock
}

export function createServices(config: Config, database: Database, { clock = systemClock }: Given = {}): Services {
  const log = createLog(config.LOG_LEVEL)
  const { connection } = database
  const words = loadWords(
    config.NODE_ENV === 'production'
      ? (error) => {
          log.error({ err: error }, 'missing words')
        }
      : undefined,
  )
  const audit = createAuditService(connection, clock)
  const record: AuditService['record'] = (session, act) => audit.record(session, act)
  const policies = createPolicyService({ connection, clock, record })
  const schools = schoolsThatNeedsFollow(connection, equityFrom(policies))
  const offerUnits = createOfferUnits(connection)
  const needUnits = createNeedUnits(connection)
  const organisations = createOrganisationService(connection, clock)
  const jobs = createJobs(connection, {
    onError: (error) => {
      log.error({ err: error }, 'a job failed')
    },
    isAlone: config.MONGODB_URI === undefined,
  })
  const roundServices = createRoundServices({
    ...{ connection, clock, record, jobs, log, policies },
    ...{ offerUnits, needUnits, schools, organisations },
    solved: (roundId) => questions.demand.request(roundId),
  })
  const { rounds, repairRequests } = roundServices
  const { asked } = repairRequests
  const needs = needsThatTell(createNeedService({ connection, clock, unit: (id) => schools.unit(id) }), asked)
  const needChoices = createNeedChoices({ connection, clock, record })
  const matches = createMatchService(connection)
  const books = createBooks({ offerUnits, needUnits, needChoices })
  const decisions = createDecisionService({ connection, clock, record, books, asked })
  const questions = createQuestionServices({
    ...{ connection, clock, jobs, rounds },
    report: (error, question) => {
      log.error({ err: error, question }, 'a question was not answered')
    },
  })
  return {
    config,
    database,
    clock,
    log,
    words,
    sessionSecret: config.SESSION_SECRET ?? keptSecret(config.DATA_DIR),
    accounts: createAccountService(connection, clock),
    organisations,
    demonstration: createDemonstrationService(connection, clock),
    schools,
    offers: offersThatTell(createOfferService({ connection, clock }), asked),
    offerUnits,
    needs,
    needUnits,
    needChoices: choicesThatTell(needChoices, asked),
    choices: createChoiceService({ needs, offerUnits, schools, organisations, clock }),
    openNeedsOf: openDemandOn({ needUnits, schools }),
    audit,
    matches,
    decisions,
    consents: createConsentService({ connection, decisions, needUnits }),
    jobs,
    ...roundServices,
    policies,
    ...questions,
    ...createPolicyServices({
      ...{ connection, clock, record, jobs, policies, schools, rounds },
      report: (error, replay) => {
        log.error({ err: error, replay }, 'a replay failed')
      },
    }),
    home: createHomeService(
      {
        schoolUnits: () => schools.count(),
        approvedMatches: () => matches.countApproved(),
        openNeeds: () => needUnits.countOpen(),
        openOffers: () => offerUnits.countOpen(),
      },
      clock,
    ),
  }
}

/** Needs carry the place and the tier of their unit: whenever the register changes, they follow. */
function schoolsThatNeedsFollow(connection: Database['connection'], equity: EquitySource): SchoolService {
  const schools = createSchoolService(connection, equity)
  const follow = followRegisterOn(connection)
  return {
    ...schools,
    async register(facts, rejected) {
      const registered = await schools.register(facts, rejected)
      // Other weights may have come into force while the facts were stored.
      const reweighed = await schools.reweigh(await equity.inForce())
      if (registered.changed + reweighed > 0) await follow(await schools.allUnits())
      return registered
    },
    async reweigh(weights) {
      const reweighed = await schools.reweigh(weights)
      // Also when no unit was left to weigh: an earlier attempt may have ended before the needs followed.
      await follow(await schools.allUnits())
      return reweighed
    },
  }
}

/** Without a SESSION_SECRET one is made on the first start and kept beside the data. */
function keptSecret(folder: string): string {
  const file = join(folder, 'session-secret')
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
  }
  return readFileSync(file, 'utf8').trim()
}
