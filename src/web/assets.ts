import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import express, { type RequestHandler } from 'express'

/** Address of a public file with its content's hash, so that browsers may keep it for a year. */
export function assetAddresses(folder: URL): (path: string) => string {
  const known = new Map<string, string>()
  return (path) => {
    let address = known.get(path)
    if (address === undefined) {
      const hash = createHash('sha256')
        .update(readFileSync(new URL(path, folder)))
        .digest('base64url')
      address = `/${path}?v=${hash.slice(0, 10)}`
      known.set(path, address)
    }
    return address
  }
}

const folders = /^\/(css|js|images)\//

/** Serves `public/`; an address with a hash never changes its meaning. Other addresses are not looked for on the disk. */
export function publicFiles(folder: URL): RequestHandler {
  const files = express.static(fileURLToPath(folder), {
    index: false,
    redirect: false,
    setHeaders(res) {
      const hashed = res.req.url.includes('?v=')
      res.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'public, max-age=300')
    },
  })
  return (req, res, next) => {
    if (folders.test(req.path)) void files(req, res, next)
    else next()
  }
}
