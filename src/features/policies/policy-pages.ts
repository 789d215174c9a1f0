import type { Request, Response } from 'express'
import { NotFoundError } from '../../shared/errors.js'
import { mayUse } from '../../shared/permission.js'
import { page, type Page } from '../../web/pages.js'
import { render } from '../../web/render.js'
import { readerOf } from '../listings/index.js'
import type { PublishedPolicy } from './policy-document.js'
import { policyJson } from './policy-json.js'
import type { PolicyService } from './policy-service.js'
import { versionRow, versionView } from './policy-views.js'
import type { ReplayService } from './replay-service.js'
import { publicReplays } from './replay-views.js'

export interface PolicyPagesParts {
  readonly policies: PolicyService
  readonly policyReplays: ReplayService
}

/** What everybody reads, signed in or not: every version that was ever in force. */
export const policyPages = (parts: PolicyPagesParts): readonly Page[] => [
  page('/policies', 'public', (req, res) => showVersions(parts, req, res)),
  page('/policies/:version.json', 'public', (req, res) => sendVersion(parts, req, res)),
  page('/policies/:version', 'public', (req, res) => showVersion(parts, req, res)),
]

const mayWrite = ({ user }: Request): boolean => user !== undefined && mayUse(user, 'policies:write')

/** The `:version` of the path, already checked to be digits. */
const versionOf = (req: Request): number => Number(req.params['version'])

async function showVersions({ policies }: PolicyPagesParts, req: Request, res: Response): Promise<void> {
  const reader = readerOf(req)
  const versions = await policies.versions()
  render(req, res, 'policies/list', {
    title: reader.t('policies.title'),
    errors: [],
    items: versions.map((document, at) => versionRow(reader, document, versions[at + 1]?.terms ?? null)),
    empty: reader.t('policies.empty'),
    drafts: mayWrite(req) ? '/policies/drafts' : null,
  })
}

interface Found {
  readonly document: PublishedPolicy
  /** Null for the first one. */
  readonly before: PublishedPolicy | null
}

async function find({ policies }: PolicyPagesParts, req: Request): Promise<Found> {
  const versions = await policies.versions()
  const at = versions.findIndex(({ version }) => version === versionOf(req))
  const document = versions[at]
  if (document === undefined) throw new NotFoundError('policies.not-found')
  return { document, before: versions[at + 1] ?? null }
}

async function showVersion(parts: PolicyPagesParts, req: Request, res: Response): Promise<void> {
  const { document, before } = await find(parts, req)
  const replays = await parts.policyReplays.ofPublished(document)
  render(req, res, 'policies/version', {
    ...versionView(req, document, before),
    replays: publicReplays(readerOf(req), replays, mayWrite(req)),
  })
}

async function sendVersion(parts: PolicyPagesParts, req: Request, res: Response): Promise<void> {
  const { document, before } = await find(parts, req)
  res.json(policyJson(document, before, await parts.policyReplays.ofPublished(document)))
}
