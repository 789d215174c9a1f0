import { readConfig } from './config.js'
import { openServices, serve, stopOnSignal } from './start.js'
import { sentenceOf } from './start-failure.js'

const firstSteps = `Nobody can sign in yet. Stop Spona, make the first account, and start it again:
  npm run cli -- account create --role administrator --email you@example.ba --name "Your name"
To look around with made-up data first: DATA_DIR=demo-data npm run demo
`

try {
  const services = await openServices(readConfig())
  const hasAccounts = (await services.accounts.list()).length > 0
  const running = await serve(services)
  stopOnSignal(running)
  process.stdout.write(`Spona: ${running.address} (Ctrl+C stops it)\n${hasAccounts ? '' : firstSteps}`)
} catch (error) {
  process.stderr.write(`${sentenceOf(error)}\n`)
  process.exit(1)
}
