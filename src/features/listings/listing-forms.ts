import { locales } from '../../shared/locale.js'
import type { Option } from '../../web/field.js'

/** The languages a record can be written in, each under its own name. */
export const languageOptions: readonly Option[] = locales.map((locale) => ({
  value: locale,
  label: `listings.language.${locale}`,
}))
