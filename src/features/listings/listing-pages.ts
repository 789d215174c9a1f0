import type { Request, Response } from 'express'
import type { FormState } from '../../web/form.js'
import { textOf } from '../../web/query.js'
import { render } from '../../web/render.js'
import { isKindCode, kindsFor, quantityOf, type KindCode, type Side } from '../catalogue/index.js'
import { NotFoundError } from '../../shared/errors.js'
import { carried, type Reader } from './listing-views.js'

export const readerOf = (req: Request): Reader => ({ t: req.words.t, formats: req.formats })

/** Where a list goes on. */
export const cursorOf = (req: Request): string | undefined => textOf(req, 'after', 500)

/** The `:kind` of the path. Throws NotFoundError for a kind that cannot stand on this side. */
export function kindIn(req: Request, side: Side): KindCode | null {
  const code = req.params['kind']
  if (code === undefined) return null
  if (!isKindCode(code) || !kindsFor(side).some((kind) => kind.code === code)) throw new NotFoundError()
  return code
}

interface Question {
  readonly kind: KindCode
  readonly quantity: number
  /** Everything that was typed: it is sent again with the answer. */
  readonly form: FormState
  /** Why it is asked. */
  readonly text: string
}

/** Asks whether an unusual quantity is right; nothing is stored before the answer. */
export function askAboutQuantity(req: Request, res: Response, { kind, quantity, form, text }: Question): void {
  const { t } = req.words
  render(req, res, 'listings/quantity', {
    title: t('listings.unusual.title', { quantity: quantityOf(kind, quantity) }),
    errors: [],
    text,
    action: req.originalUrl,
    fields: carried(form.raw).filter(({ name }) => name !== 'confirmed' && name !== 'change'),
    confirm: { name: 'confirmed', value: String(quantity), text: t('listings.unusual.yes') },
    change: { name: 'change', value: '1', text: t('listings.unusual.no') },
  })
}
