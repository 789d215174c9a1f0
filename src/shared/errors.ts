import { message, type Message, type MessageValue } from './message.js'

type Values = Readonly<Record<string, MessageValue>>

/** A failure that the product foresees: it carries words for the person, never a status. `web/errors.ts` gives that. */
export abstract class ExpectedError extends Error {
  readonly words: Message

  constructor(key: string, values?: Values) {
    super(key)
    this.name = new.target.name
    this.words = message(key, values)
  }
}

/** There is no such thing, or this person may not know of it. */
export class NotFoundError extends ExpectedError {
  constructor(key = 'errors.not-found', values?: Values) {
    super(key, values)
  }
}

/** The person may see it but may not do this to it. */
export class ForbiddenError extends ExpectedError {
  constructor(key = 'errors.forbidden', values?: Values) {
    super(key, values)
  }
}

/** Somebody else was faster. */
export class ConflictError extends ExpectedError {}

/** A rule of the domain says no; `field` names the input to look at, where there is one. */
export class RuleViolation extends ExpectedError {
  readonly field: string | undefined

  constructor(key: string, values?: Values, field?: string) {
    super(key, values)
    this.field = field
  }
}
