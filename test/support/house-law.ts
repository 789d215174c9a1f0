import type { SourceFile } from './source-files.js'

/** Features in the order of the vocabulary: each may use those to its left, through their `index.ts`. */
const order: readonly (readonly string[])[] = [
  ['accounts'],
  ['authorities'],
  ['organisations'],
  ['schools'],
  ['catalogue'],
  ['listings'],
  ['offers', 'needs'],
  ['choices'],
  ['planning'],
  ['questions'],
  ['comparisons'],
  ['policies'],
  ['rounds'],
  ['runs'],
  ['plans', 'repairs'],
  ['wishes'],
  ['matches'],
  ['explanations', 'changes'],
  ['demand'],
  ['decisions'],
  ['consents'],
  ['batch'],
  ['stories', 'transparency'],
  ['home'],
  ['administration'],
  ['demonstration'],
]
const rank = new Map(order.flatMap((names, at) => names.map((name) => [name, at] as const)))

/** Features outside the order: who may use them, and what they may use besides `shared`. */
const outside: Readonly<Record<string, { readonly usedBy: readonly string[]; readonly uses: readonly string[] }>> = {
  flow: { usedBy: ['limits', 'matching', 'published-problems'], uses: [] },
  'published-problems': { usedBy: [], uses: ['flow'] },
  limits: { usedBy: ['matching'], uses: ['flow'] },
  matching: { usedBy: ['planning'], uses: ['flow', 'limits'] },
  notices: { usedBy: [], uses: ['accounts', 'authorities'] },
  audit: { usedBy: [], uses: ['accounts', 'authorities'] },
}

/** What a part of the house may import of the others. A feature's own files are judged apart. */
const parts: Readonly<Record<string, readonly string[]>> = {
  shared: ['shared'],
  locales: ['locales', 'shared'],
  db: ['db', 'shared'],
  embedded: ['embedded'],
  web: ['web', 'locales', 'shared'],
  config: [],
  navigation: ['web', 'shared'],
  services: ['features', 'config', 'db', 'web', 'locales', 'shared'],
  app: ['features', 'services', 'config', 'navigation', 'web', 'shared'],
  start: ['app', 'services', 'config', 'db', 'start-failure', 'shared'],
  'start-failure': ['config', 'db', 'shared'],
  server: ['app', 'services', 'config', 'db', 'start', 'start-failure', 'shared'],
  cli: ['cli', 'start', 'start-failure', 'services', 'config', 'db', 'features', 'locales', 'shared'],
}

export const featureOf = (path: string): string | undefined => /^src\/features\/([^/]+)\//.exec(path)?.[1]

export function partOf(path: string): string {
  if (path.startsWith('src/db/embedded/')) return 'embedded'
  return /^src\/([^/]+?)(?:\.ts)?(?:\/|$)/.exec(path)?.[1] ?? ''
}

const isWebSide = (path: string): boolean => /(?:-pages|-api|-forms|-views|\/sign-in)\.ts$/.test(path)
const isStored = (path: string): boolean => /-(?:model|service)\.ts$/.test(path)
const role = (path: string): string => /-(pages|api|forms|views|model|service)\.ts$/.exec(path)?.[1] ?? 'domain'

/** Inside a feature: pages, api → forms, views, service → model, domain. Domain files use only each other. */
const insideFeature: Readonly<Record<string, readonly string[]>> = {
  domain: ['domain'],
  model: ['model', 'domain'],
  service: ['service', 'model', 'domain'],
  forms: ['forms', 'domain'],
  views: ['views', 'forms', 'domain'],
  pages: ['pages', 'api', 'forms', 'views', 'service', 'domain'],
  api: ['api', 'forms', 'views', 'service', 'domain'],
}

/** Why a file may not import this, or null. Packages are judged by `packageComplaint`. */
export function importComplaint(from: string, to: string): string | null {
  if (!to.startsWith('src/')) return null
  const feature = featureOf(from)
  return feature === undefined ? kernelComplaint(from, to) : featureComplaint(feature, from, to)
}

function kernelComplaint(from: string, to: string): string | null {
  const part = partOf(from)
  const target = partOf(to)
  if (part === target) return null
  if (target === 'embedded') {
    return from === 'src/db/connect.ts' && to === 'src/db/embedded/index.ts'
      ? null
      : 'only db/connect.ts knows the embedded database'
  }
  if (target === 'features' && !to.endsWith('/index.ts')) return 'features are entered through their index.ts'
  return (parts[part] ?? []).includes(target) ? null : `${part} may not use ${target}`
}

function featureComplaint(feature: string, from: string, to: string): string | null {
  const other = featureOf(to)
  if (other === feature) return insideComplaint(from, to)
  if (other !== undefined) return betweenComplaint(feature, other, to)
  const target = partOf(to)
  if (target === 'shared') return null
  if (isWebSide(from)) return target === 'web' ? null : `pages, forms and views use web and shared, not ${target}`
  if (isStored(from) && target === 'db') return null
  return `the domain and the services may not use ${target}`
}

function insideComplaint(from: string, to: string): string | null {
  if (from.endsWith('/index.ts')) return null
  if (to.endsWith('/index.ts')) return 'inside a feature the index.ts is not used'
  if (isWebSide(from) && role(from) === 'domain') return null
  if (isWebSide(to) && role(to) === 'domain') {
    return isWebSide(from) ? null : 'the domain and the services may not use what belongs to the web'
  }
  return (insideFeature[role(from)] ?? []).includes(role(to)) ? null : `a ${role(from)} file may not use ${role(to)}`
}

function betweenComplaint(feature: string, other: string, to: string): string | null {
  if (!to.endsWith('/index.ts')) return 'features are entered through their index.ts'
  const special = outside[other]
  if (special !== undefined) return special.usedBy.includes(feature) ? null : `${feature} may not use ${other}`
  const uses = outside[feature]?.uses
  if (uses !== undefined) return uses.includes(other) ? null : `${feature} may not use ${other}`
  const [mine, theirs] = [rank.get(feature), rank.get(other)]
  if (mine === undefined || theirs === undefined) return 'this feature is not in the order of the vocabulary'
  return theirs < mine ? null : `${other} is not to the left of ${feature}`
}

/** Where these packages may be used; types count too. */
const packages: readonly (readonly [readonly string[], string, (path: string) => boolean])[] = [
  [
    ['mongoose', 'mongodb'],
    'Mongoose belongs into models, services and db',
    (path) =>
      isStored(path) ||
      partOf(path) === 'db' ||
      // Sessions and attempts are kept in the database by packages that ask for its connection.
      ['src/web/sessions.ts', 'src/web/attempt-limit.ts'].includes(path),
  ],
  [
    ['express', 'express-session', 'passport', 'passport-local', 'supertest'],
    'Express belongs into web, app and the pages',
    (path) => ['web', 'app', 'start', 'server'].includes(partOf(path)) || isWebSide(path),
  ],
  [['handlebars'], 'templates are rendered by web/templates.ts', (path) => path.startsWith('src/web/template')],
  [['bson', 'lmdb', 'mingo'], 'only the embedded database stores', (path) => partOf(path) === 'embedded'],
  [['@node-rs/argon2'], 'passwords are hashed in one place', (path) => path.endsWith('/accounts/password.ts')],
  [['i18next'], 'words are read in one place', (path) => partOf(path) === 'locales'],
]

export function packageComplaint(from: string, to: string): string | null {
  const rule = packages.find(([names]) => names.includes(to))
  return rule === undefined || rule[2](from) ? null : rule[1]
}

/** Everything wrong with the imports of one file, a sentence each. */
export const complaintsAbout = ({ path, imports }: SourceFile): string[] =>
  imports.flatMap((target) => {
    const why = importComplaint(path, target) ?? packageComplaint(path, target)
    return why === null ? [] : [`${path} imports ${target}: ${why}`]
  })
