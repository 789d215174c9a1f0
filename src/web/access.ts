import type { Request } from 'express'
import { ForbiddenError, NotFoundError } from '../shared/errors.js'
import { mayUse, type Permission } from '../shared/permission.js'
import type { Actor } from '../shared/actor.js'

/** Who may open a page: everybody, everybody who is signed in, or who holds a permission. There is no default. */
export type Access = 'public' | 'signed-in' | Permission

/** Thrown where signing in would help; `web/errors.ts` sends people to the sign-in page. */
export class SignInRequired extends NotFoundError {
  constructor() {
    super('errors.forbidden')
  }
}

/** Throws SignInRequired or ForbiddenError; runs before anything of the request is parsed. */
export function checkAccess(req: Request, access: Access): void {
  if (access === 'public') return
  if (req.user === undefined) throw new SignInRequired()
  if (access !== 'signed-in' && !mayUse(req.user, access)) throw new ForbiddenError()
}

/** The person who is signed in; only for pages whose access is not `public`. */
export function actorOf(req: Request): Actor {
  if (req.user === undefined) throw new SignInRequired()
  return req.user
}
