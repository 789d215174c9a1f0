import { strict as assert } from 'node:assert'
import { once } from 'node:events'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import { signInAt } from '../support/signed-in-over-http.js'
import { inTemporaryFolder, start, type Spawned } from '../support/spawned.js'

const quiet = { PORT: '0', LOG_LEVEL: 'warn' }
const server = (environment: Readonly<Record<string, string>>): Spawned =>
  start('server.js', [], { ...quiet, ...environment })

/** Exit code 1 and one sentence, without a stack. */
async function refuses(started: Spawned, words: RegExp): Promise<void> {
  assert.equal(await started.ends(), 1, started.output())
  const lines = started.complaints().trim().split('\n')
  assert.equal(lines.length, 1, started.complaints())
  assert.match(lines[0] ?? '', /^Spona cannot start: /)
  assert.match(lines[0] ?? '', words)
}

describe('Starting Spona', () => {
  it('is refused with the name of a variable that cannot be read, and why', async () => {
    const wrong = server({ PORT: 'three thousand', MONGODB_URI: 'postgres://here' })
    await refuses(wrong, /PORT must be a port number.*MONGODB_URI must start with mongodb/)
  })

  it('is refused where another program has the port, and its data are left alone', async () => {
    await inTemporaryFolder(async (folder) => {
      const other = createServer().listen(0, '127.0.0.1')
      await once(other, 'listening')
      const port = String((other.address() as AddressInfo).port)
      await refuses(server({ DATA_DIR: folder, PORT: port }), new RegExp(`port ${port} is taken.*PORT`))
      other.close()
      const second = server({ DATA_DIR: folder })
      await second.says(/http:\/\//)
      assert.equal(await second.stop(), 0)
    })
  })

  it('is refused where it cannot write its data', async () => {
    await inTemporaryFolder(async (folder) => {
      const file = join(folder, 'file')
      await writeFile(file, 'not a folder')
      await refuses(server({ DATA_DIR: file }), /data folder.*DATA_DIR/)
      await refuses(server({ DATA_DIR: join(file, 'below') }), /data folder.*DATA_DIR/)
      const locked = join(folder, 'locked')
      await mkdir(locked)
      await chmod(locked, 0o500)
      // The administrator of a machine may write everywhere; everybody else is told.
      if (process.getuid?.() !== 0) await refuses(server({ DATA_DIR: locked }), /data folder.*DATA_DIR/)
    })
  })

  it('is refused while another Spona has the data open, and possible as soon as that one is gone', async () => {
    await inTemporaryFolder(async (folder) => {
      const first = server({ DATA_DIR: folder })
      await first.says(/http:\/\//)
      await refuses(server({ DATA_DIR: folder }), /database/)
      await first.stop('SIGKILL')
      const after = server({ DATA_DIR: folder })
      await after.says(/http:\/\//)
      assert.equal(await after.stop('SIGINT'), 0)
    })
  })

  it('works in an empty folder, and says how somebody gets to sign in', async () => {
    await inTemporaryFolder(async (folder) => {
      const first = server({ DATA_DIR: join(folder, 'new') })
      const [, address = ''] = await first.says(/Spona: (http:\/\/\S+)/)
      await first.says(/account create --role administrator/)
      assert.equal((await fetch(address)).status, 200)
      assert.equal(await first.stop(), 0)
      assert.equal(first.complaints(), '')
    })
  })

  it('lets people sign in with the account that the command line made', async () => {
    await inTemporaryFolder(async (folder) => {
      const environment = { DATA_DIR: folder, ...quiet }
      const made = start(
        'cli/main.js',
        ['account', 'create', '--role', 'administrator', '--email', 'Ana@example.ba', '--name', 'Ana'],
        environment,
      )
      assert.equal(await made.ends(), 0, made.complaints())
      const [, password = ''] = await made.says(/^Password: (\S+)$/m)
      const running = server({ DATA_DIR: folder })
      const [, address = ''] = await running.says(/Spona: (http:\/\/\S+)/)
      const open = await signInAt(address, 'ana@example.ba', password)
      assert.match(await open('/'), /Ana/)
      assert.equal(running.output().includes('account create'), false)
      await running.stop()
    })
  })
})
