import type { Locale } from '../../shared/locale.js'
import type { FormState } from '../../web/form.js'
import type { Reader } from '../listings/index.js'
import type { OfferForm } from './offer-forms.js'
import { placesFor } from './offer-views.js'

/** The 143 municipalities as checkboxes under their authorities; a group with a tick, or all after an error, is open. */
export function municipalityGroups(reader: Reader, locale: Locale, form: FormState<OfferForm>) {
  const { authorities, municipalities } = placesFor(reader, locale)
  const ticked = [form.raw['municipalities'] ?? []].flat()
  const isWrong = form.errors.has('municipalities')
  const first = municipalities.find(({ authority }) => authority === authorities[0]?.code)?.slug
  return authorities.map(({ code, name }) => {
    const here = municipalities.filter(({ authority }) => authority === code)
    return {
      title: name,
      open: isWrong || here.some(({ slug }) => ticked.includes(slug)),
      items: here.map(({ slug, name: text }) => ({
        // An error links to the field by its name: the very first box has it as its id.
        id: slug === first ? 'municipalities' : `municipalities-${slug}`,
        name: 'municipalities',
        value: slug,
        text,
        checked: ticked.includes(slug),
      })),
    }
  })
}
