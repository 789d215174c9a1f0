import type { Application, NextFunction, Request, RequestHandler, Response } from 'express'
import { NotFoundError } from '../shared/errors.js'
import { isId } from '../shared/ids.js'
import { checkAccess, type Access } from './access.js'
import { MethodNotAllowed } from './errors.js'
import { checkCsrf } from './csrf.js'
import type { Form, FormState, ValuesOf } from './form.js'

type Handle = (req: Request, res: Response) => unknown

/** One address with everything that may be done there; the only way a feature gets onto the web. */
export interface Page {
  readonly path: string
  readonly access: Access
  readonly get?: Handle
  readonly post?: Handle
}

/** A page that is only read. */
export const page = (path: string, access: Access, show: Handle): Page => ({ path, access, get: show })

interface FormHandlers<F extends Form> {
  /** A function where the fields depend on what is edited. */
  readonly form: F | ((req: Request) => F | Promise<F>)
  /** Shows the page; after a failed POST with what was typed and what is wrong, and status 422. */
  readonly show: (req: Request, res: Response, form: FormState<F>) => unknown
  readonly submit: (req: Request, res: Response, values: ValuesOf<F>, form: F) => unknown
}

/** A page with a form: a failed POST shows the same page again through the same `show`. */
export function formPage<F extends Form>(path: string, access: Access, handlers: FormHandlers<F>): Page {
  const formFor = async (req: Request): Promise<F> =>
    typeof handlers.form === 'function' ? await handlers.form(req) : handlers.form
  return {
    path,
    access,
    async get(req, res) {
      const form = await formFor(req)
      await handlers.show(req, res, form.blank() as FormState<F>)
    },
    async post(req, res) {
      const form = await formFor(req)
      const result = form.parse(req.body)
      try {
        if (result.ok) {
          await handlers.submit(req, res, result.values as ValuesOf<F>, form)
          return
        }
        res.status(422)
        await handlers.show(req, res, result.state as FormState<F>)
      } catch (error) {
        const state = form.refusedBy(error, req.body)
        if (state === null) throw error
        res.status(state.status)
        await handlers.show(req, res, state.form as FormState<F>)
      }
    },
  }
}

/** A button: something is done, then another page is shown. With a form when the button sends fields along. */
export const actPage = (path: string, access: Access, act: Handle): Page => ({ path, access, post: act })

/** Mounts the pages: path parameters first, then access, then the request's origin, then the handler. */
export function mountPages(app: Application, pages: readonly Page[]): void {
  for (const mounted of pages) {
    const route = app.route(mounted.path)
    const gates: RequestHandler[] = [checkParameters, guard(mounted.access)]
    if (mounted.get !== undefined) route.get(...gates, run(mounted.get))
    if (mounted.post !== undefined) route.post(...gates, checkCsrf, run(mounted.post))
    route.all((_req, res) => {
      res.setHeader('Allow', [mounted.get && 'GET, HEAD', mounted.post && 'POST'].filter(Boolean).join(', '))
      throw new MethodNotAllowed()
    })
  }
}

const run =
  (handle: Handle): RequestHandler =>
  async (req, res) => {
    await handle(req, res)
  }

const guard =
  (access: Access): RequestHandler =>
  (req: Request, _res: Response, next: NextFunction) => {
    checkAccess(req, access)
    next()
  }

/** What each path parameter must look like; an address that does not fit, or a parameter not named here, is 404. */
const parameters: Readonly<Record<string, (value: string) => boolean>> = {
  id: isId,
  offerId: isId,
  needId: isId,
  kind: (value) => /^[A-Z]{2,8}(-[A-Z]{2,10})?$/.test(value),
  version: (value) => /^[1-9]\d{0,5}$/.test(value),
  locale: (value) => /^[A-Za-z-]{2,7}$/.test(value),
}

const checkParameters: RequestHandler = (req, _res, next) => {
  for (const [name, value] of Object.entries(req.params)) {
    if (typeof value !== 'string' || parameters[name]?.(value) !== true) throw new NotFoundError()
  }
  next()
}

/** The `:id` of the path, already checked. */
export const idOf = (req: Request, name = 'id'): string => {
  const value = req.params[name]
  if (typeof value !== 'string') throw new NotFoundError()
  return value
}
