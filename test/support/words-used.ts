import { filesUnder, sourceFiles, textOfFile } from './source-files.js'

/** A key that a template or a source file asks for; `file` for the complaint. */
interface Use {
  readonly key: string
  readonly file: string
}

/** What is asked for: whole keys, and patterns where a part of the key is only known at run time. */
export interface UsedWords {
  readonly keys: readonly Use[]
  readonly patterns: readonly RegExp[]
}

const keyPattern = /^[a-z][a-z0-9-]*(?:\.[\w-]+)+$/
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Finds every text that is a key of `namespaces` (the files of `locales/`), whole or with gaps. */
export function usedWords(namespaces: readonly string[]): UsedWords {
  const inNamespace = new RegExp(`^(?:${namespaces.map(escaped).join('|')})\\.`)
  const keys: Use[] = []
  const patterns: RegExp[] = []
  const take = (file: string, text: string): void => {
    if (!inNamespace.test(text)) return
    if (text.includes('${'))
      patterns.push(
        new RegExp(
          `^${text
            .split(/\$\{[^}]*\}/)
            .map(escaped)
            .join('.+')}$`,
        ),
      )
    else if (/[.-]$/.test(text)) patterns.push(new RegExp(`^${escaped(text)}.+`))
    else if (keyPattern.test(text) && !/\.(?:csv|json|html?|ts|js|css|svg|pdf|hbs)$/.test(text))
      keys.push({ key: text, file })
  }
  for (const { path, code } of sourceFiles()) {
    for (const [, text = ''] of code.matchAll(/'([^'\n]*)'/g)) take(path, text)
    for (const [, text = ''] of code.matchAll(/`([^`\n]*)`/g)) take(path, text)
  }
  for (const file of filesUnder('views', '.hbs')) {
    const code = textOfFile(file).replace(/\{\{!--[\s\S]*?--\}\}/g, '')
    // Inside attributes a helper's text stands in quotes within quotes: read only what braces hold.
    for (const [braces] of code.matchAll(/\{\{[\s\S]*?\}\}/g)) {
      for (const [, text = ''] of braces.matchAll(/"([^"\n]*)"/g)) take(file, text)
    }
  }
  return { keys, patterns }
}
