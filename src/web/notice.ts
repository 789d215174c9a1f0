import type { Request, Response } from 'express'
import { saved } from './sessions.js'

/** Answers a POST that worked: the next page says what happened, and reloading it does nothing twice. */
export async function redirectWithNotice(
  req: Request,
  res: Response,
  url: string,
  notice: string,
  values?: Record<string, string | number>,
): Promise<void> {
  req.session.notice = { key: notice, ...(values === undefined ? {} : { values }) }
  await saved(req)
  res.redirect(303, url)
}
