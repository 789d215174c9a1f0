import { randomUUID } from 'node:crypto'
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import { ConflictError, ExpectedError, ForbiddenError, NotFoundError, RuleViolation } from '../shared/errors.js'
import { message, type Message } from '../shared/message.js'
import { SignInRequired } from './access.js'
import { render } from './render.js'

export class MalformedRequest extends ExpectedError {}
export class StaleForm extends ExpectedError {}
export class TooManyAttempts extends ExpectedError {}
export class MethodNotAllowed extends ExpectedError {
  constructor() {
    super('errors.method')
  }
}

type ErrorClass = abstract new (...given: never[]) => ExpectedError

/** Which failure is which answer. The first that fits counts. */
const answers: readonly (readonly [ErrorClass, number, string])[] = [
  [NotFoundError, 404, 'errors.title.not-found'],
  [ForbiddenError, 403, 'errors.title.forbidden'],
  [ConflictError, 409, 'errors.title.conflict'],
  [RuleViolation, 422, 'errors.title.rule'],
  [StaleForm, 403, 'errors.title.malformed'],
  [MethodNotAllowed, 405, 'errors.title.malformed'],
  [MalformedRequest, 400, 'errors.title.malformed'],
  [TooManyAttempts, 429, 'errors.title.too-many'],
]

interface Answer {
  readonly status: number
  readonly title: string
  readonly words: Message
}

/** Status, title and words of an expected failure; null for a defect. */
export function answerTo(error: unknown): Answer | null {
  if (error instanceof ExpectedError) {
    const [, status, title] = answers.find(([type]) => error instanceof type) ?? [null, 422, 'errors.title.rule']
    return { status, title, words: error.words }
  }
  const status = statusOf(error)
  if (status === 413) return { status, title: 'errors.title.malformed', words: message('errors.too-large') }
  if (status !== null && status >= 400 && status < 500) {
    return { status, title: 'errors.title.malformed', words: message('errors.malformed') }
  }
  return null
}

/** Body parsers and Express itself mark a request they cannot read with a status. */
const statusOf = (error: unknown): number | null =>
  error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : null

export const noSuchPage: RequestHandler = () => {
  throw new NotFoundError()
}

/** The last middleware: every failure ends here, logged at its level and told to the person in words. */
export const showError: ErrorRequestHandler = (error: unknown, req, res, next) => {
  if (res.headersSent) {
    next(error)
    return
  }
  if (error instanceof SignInRequired) {
    sendToSignIn(req, res)
    return
  }
  const answer = answerTo(error)
  if (answer !== null) {
    req.log.info({ refused: answer.words.key, status: answer.status }, 'refused')
    showAnswer(req, res, answer)
    return
  }
  const reference = randomUUID().slice(0, 8)
  req.log.error({ err: error, reference }, 'unexpected failure')
  showAnswer(req, res, {
    status: 500,
    title: 'errors.title.unexpected',
    words: message('errors.unexpected', { reference }),
  })
}

function showAnswer(req: Request, res: Response, { status, title, words }: Answer): void {
  res.status(status)
  render(req, res, 'errors/error', { title: req.words.t(title), errors: [], text: req.words.t(words) })
}

function sendToSignIn(req: Request, res: Response): void {
  if (req.method === 'GET') req.session.wanted = req.originalUrl
  res.redirect(303, '/sign-in')
}
