import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The project as it stands on the disk, for the tests of the house law; paths are relative, with `/`. */
const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Files under a folder whose names end so, sorted. */
export function filesUnder(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith(ending))
    .sort()
}

export const textOfFile = (file: string): string => readFileSync(join(root, file), 'utf8')

/** TypeScript without comments, so that a word in an explanation counts for nothing. */
export const withoutComments = (code: string): string =>
  code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`\\])\/\/.*$/gm, '$1')

export interface SourceFile {
  /** `src/features/offers/offer-service.ts` */
  readonly path: string
  readonly code: string
  /** Files of the project as paths, packages by their name (`mongoose`, `node:fs`); types count too. */
  readonly imports: readonly string[]
}

const importOf = /(?:\bfrom\s*|\bimport\s*\(?\s*)'([^']+)'/g

export function sourceFiles(folder = 'src'): SourceFile[] {
  return filesUnder(folder, '.ts')
    .filter((path) => !path.endsWith('.d.ts'))
    .map((path) => {
      const code = withoutComments(textOfFile(path))
      const imports = [...code.matchAll(importOf)].map(([, target = '']) => resolved(path, target))
      return { path, code, imports }
    })
}

function resolved(from: string, target: string): string {
  if (!target.startsWith('.')) return packageName(target)
  return normalize(join(dirname(from), target))
    .replaceAll('\\', '/')
    .replace(/\.js$/, '.ts')
}

const packageName = (target: string): string =>
  target.startsWith('node:') ? target : target.split('/', target.startsWith('@') ? 2 : 1).join('/')

/** A list of complaints as one message that says all of them. */
export const listed = (complaints: readonly string[]): string => `\n  ${complaints.join('\n  ')}`
