// Run by `npm run build:css`: Sass → public/css/spona.css, with the rules that some template or script can reach.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compile } from 'sass'
import { classNamesIn, prune } from './style-pruning.js'

const root = new URL('../../../../', import.meta.url)
const pathOf = (path: string): string => fileURLToPath(new URL(path, root))

function* textsUnder(folder: string, endings: RegExp): Generator<string> {
  for (const file of readdirSync(pathOf(folder), { recursive: true, encoding: 'utf8' })) {
    if (endings.test(file)) yield readFileSync(pathOf(`${folder}/${file}`), 'utf8')
  }
}

const { css } = compile(pathOf('src/web/styles/spona.scss'), {
  loadPaths: [pathOf('node_modules')],
  quietDeps: true,
  style: 'compressed',
})
const names = classNamesIn([
  ...textsUnder('views', /\.hbs$/),
  ...textsUnder('src', /\.ts$/),
  ...textsUnder('public/js', /\.js$/),
])
mkdirSync(pathOf('public/css'), { recursive: true })
writeFileSync(pathOf('public/css/spona.css'), prune(css, names))
