import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Handlebars from 'handlebars'
import type { HelperOptions } from 'handlebars'
import { message, type MessageValue, type Translate } from '../shared/message.js'
import { templateHelpers, templateOptions } from './template-helpers.js'

type Template = (context: object) => string

/** All templates of `views/`, compiled once; a file whose name begins with `_`, or under `partials/`, is a partial. */
export interface Templates {
  /** Throws RangeError for a template that does not exist. */
  render(name: string, context: object): string
  readonly names: readonly string[]
}

/** Where the words of the reader are while a template runs. */
interface Frame {
  readonly chrome: { readonly t: Translate }
}

export function loadTemplates(folder: URL): Templates {
  const handlebars = Handlebars.create()
  handlebars.registerHelper(templateHelpers)
  handlebars.registerHelper('t', translateHelper)
  const compiled = new Map<string, Template>()
  for (const file of readdirSync(fileURLToPath(folder), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.hbs')) continue
    const name = file.replaceAll('\\', '/').slice(0, -'.hbs'.length)
    const template = handlebars.compile<object>(readFileSync(new URL(`${name}.hbs`, folder), 'utf8'), templateOptions)
    compiled.set(name, template)
    if (name.startsWith('partials/')) handlebars.registerPartial(name.slice('partials/'.length), template)
    else if (/(^|\/)_[^/]*$/.test(name)) handlebars.registerPartial(name, template)
  }
  return {
    names: [...compiled.keys()].filter((name) => !name.startsWith('partials/') && !/(^|\/)_[^/]*$/.test(name)),
    render(name, context) {
      const template = compiled.get(name)
      if (template === undefined) throw new RangeError(`There is no template ${name}`)
      return template(context)
    },
  }
}

/** `{{t "offers.title" name=offer.name}}`: words in the reader's language, wherever in the template it stands. */
function translateHelper(key: unknown, options: HelperOptions): string {
  const frame = (options.data as { readonly root: Frame }).root
  if (typeof key !== 'string') throw new TypeError('The helper t needs a key')
  const values = options.hash as Readonly<Record<string, MessageValue>>
  return frame.chrome.t(message(key, values))
}
