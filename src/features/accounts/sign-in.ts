import type { Application, Request, RequestHandler } from 'express'
import passport from 'passport'
import { Strategy } from 'passport-local'
import type { Account } from './account.js'
import { actorFrom } from './account.js'
import type { AccountService } from './account-service.js'

interface SessionKey {
  readonly id: string
  readonly version: number
}

/** Checks address and password of the request; null when they are wrong. */
export type Authenticate = (req: Request) => Promise<Express.User | null>

const isSessionKey = (value: unknown): value is SessionKey =>
  typeof value === 'object' && value !== null && 'id' in value && 'version' in value

/** Passport for one app: who signs in, and who is behind a session. The session holds an id and a version only. */
export function setUpSignIn(app: Application, accounts: AccountService): Authenticate {
  const authenticator = new passport.Passport()
  const versions = new WeakMap<Express.User, number>()
  authenticator.use(
    new Strategy({ usernameField: 'email' }, (email, password, done) => {
      accounts.signIn(email, password).then(
        (account) => {
          done(null, account === null ? false : remember(account))
        },
        (error: unknown) => {
          done(error)
        },
      )
    }),
  )
  authenticator.serializeUser<SessionKey>((user, done) => {
    done(null, { id: user.id, version: versions.get(user) ?? 0 })
  })
  authenticator.deserializeUser<unknown>((key, done) => {
    if (!isSessionKey(key)) {
      done(null, false)
      return
    }
    accounts.actor(key.id, key.version).then(
      (actor) => {
        done(null, actor ?? false)
      },
      (error: unknown) => {
        done(error)
      },
    )
  })

  function remember(account: Account): Express.User {
    const actor = actorFrom(account)
    versions.set(actor, account.version)
    return actor
  }

  app.use(authenticator.session() as RequestHandler)
  return (req) =>
    new Promise((resolve, reject) => {
      const answer = (error: unknown, user?: Express.User | false | null): void => {
        if (error instanceof Error) reject(error)
        else resolve(user === undefined || user === false ? null : user)
      }
      const check = authenticator.authenticate('local', answer) as Check
      check(req, undefined, reject)
    })
}

type Check = (req: Request, res: undefined, next: (error?: unknown) => void) => void

/** Starts a new session for this person: an id from before signing in is worth nothing afterwards. */
export const begin = (req: Request, user: Express.User, at: Date): Promise<void> =>
  new Promise((resolve, reject) => {
    req.logIn(user, { session: true }, (error: unknown) => {
      if (error instanceof Error) {
        reject(error)
        return
      }
      req.session.signedInAt = at.getTime()
      resolve()
    })
  })

export const end = (req: Request): Promise<void> =>
  new Promise((resolve, reject) => {
    req.session.destroy((error: unknown) => {
      if (error instanceof Error) reject(error)
      else resolve()
    })
  })
