import session from 'express-session'
import MongoStore from 'connect-mongo'
import type { RequestHandler } from 'express'
import type { Connection } from 'mongoose'
import type { Clock } from '../shared/clock.js'

/** Idle sessions end after an hour; every session ends twelve hours after signing in. */
const idleMinutes = 60
const absoluteHours = 12

interface SessionSettings {
  readonly connection: Connection
  readonly secret: string
  readonly isHttps: boolean
}

/** Sessions in the database: an id in the cookie, nothing personal in the store but who it is and since when. */
export const sessions = ({ connection, secret, isHttps }: SessionSettings): RequestHandler =>
  session({
    name: isHttps ? '__Host-spona' : 'spona',
    secret,
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: { httpOnly: true, sameSite: 'lax', secure: isHttps, path: '/', maxAge: idleMinutes * 60_000 },
    store: MongoStore.create({
      client: connection.getClient(),
      dbName: connection.name,
      collectionName: 'sessions',
      autoRemove: 'disabled',
      ttl: idleMinutes * 60,
      touchAfter: 60,
      stringify: false,
    }),
  })

/** Signs out whoever signed in more than twelve hours ago. */
export const endOldSessions =
  (clock: Clock): RequestHandler =>
  (req, _res, next) => {
    const since = req.session.signedInAt
    if (since === undefined || clock().getTime() - since < absoluteHours * 3_600_000) {
      next()
      return
    }
    req.session.regenerate(next)
  }

/** Stores the session now: whoever redirects does so only after the store has it. */
export const saved = (req: Express.Request): Promise<void> =>
  new Promise((resolve, reject) => {
    req.session.save((error: unknown) => {
      if (error === undefined || error === null) resolve()
      else reject(error instanceof Error ? error : new Error('The session could not be saved', { cause: error }))
    })
  })
