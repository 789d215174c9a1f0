import 'passport'
import 'express-session'
import 'pino-http'
import type { Actor } from '../shared/actor.js'
import type { Translator } from '../shared/message.js'
import type { Formats } from '../locales/formats.js'

declare global {
  // eslint's usual advice against namespaces does not reach declarations that Express asks for in this form.
  namespace Express {
    interface User extends Actor {}
    interface Request {
      /** Words and formats in the language of the reader; set before any page. */
      words: Translator
      formats: Formats
    }
  }
}

declare module 'express-session' {
  interface SessionData {
    /** Shown once, on the next page. */
    notice?: { readonly key: string; readonly values?: Record<string, string | number> }
    /** When the person signed in, for the absolute limit (epoch ms). */
    signedInAt?: number
    /** Where a person wanted to go before signing in. */
    wanted?: string
  }
}
