import type { Request, RequestHandler } from 'express'
import { csrfSync } from 'csrf-sync'
import { StaleForm } from './errors.js'

const { generateToken, isRequestValid } = csrfSync({
  getTokenFromRequest: (req) => {
    const body: unknown = req.body
    const token = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)['_csrf'] : undefined
    return typeof token === 'string' ? token : undefined
  },
})

/** The secret of this session that every form sends back; asking for it starts a session. */
export const csrfTokenOf = (req: Request): string => generateToken(req)

/** Refuses a POST that does not come from a form of this session. */
export const checkCsrf: RequestHandler = (req, _res, next) => {
  if (!isRequestValid(req)) throw new StaleForm('errors.stale-form')
  next()
}
