import type { Express } from 'express'
import { createApp } from '../../src/app.js'
import { readConfig } from '../../src/config.js'
import { openDatabase, type Database } from '../../src/db/connect.js'
import { createIndexes } from '../../src/db/indexes.js'
import { createServices, type Services } from '../../src/services.js'
import type { Role } from '../../src/shared/actor.js'
import { Browser } from './browse.js'

/** The application as it is shipped, on a throw-away database; only the time can be set. */
export interface TestApp {
  readonly app: Express
  readonly services: Services
  readonly database: Database
  /** A person with a browser who has not signed in; in English unless told otherwise. */
  browse(language?: string): Browser
  /** A person of this role who has signed in; one account a call. */
  signedIn(
    role: Role,
    belonging?: { readonly organisation?: string; readonly authorities?: readonly string[] },
  ): Promise<Browser>
  setNow(at: Date): void
  close(): Promise<void>
}

export const password = 'a-long-enough-password'

/** Starts the app; `close` it in an `after` hook. */
export async function startApp({ isDemonstration = false } = {}): Promise<TestApp> {
  let now: Date | undefined
  const database = await openDatabase({ directory: null })
  const config = readConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    SESSION_SECRET: 'a secret that is only for the tests',
  })
  const services = createServices(config, database, { clock: () => now ?? new Date() })
  await createIndexes(database.connection)
  const app = createApp(services, { isDemonstration })
  let people = 0
  const browse = (language = 'en'): Browser => new Browser(app, language)
  return {
    app,
    services,
    database,
    browse,
    async signedIn(role, { organisation, authorities = [] } = {}) {
      people += 1
      const email = `${role}-${people}@example.ba`
      await services.accounts.create({
        email,
        name: `Person ${people}`,
        role,
        organisation: organisation ?? null,
        authorities,
        password,
      })
      const person = browse()
      await person.open('/sign-in')
      await person.submit({ email, password })
      return person
    },
    setNow(at) {
      now = at
    },
    async close() {
      services.policyReplays.stop()
      await services.demand.stop()
      await services.roundRunner.stop()
      await services.explanations.stop()
      await services.wishCosts.stop()
      await services.jobs.stop()
      await database.close()
    },
  }
}
