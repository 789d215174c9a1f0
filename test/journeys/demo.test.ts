import { strict as assert } from 'node:assert'
import { join } from 'node:path'
import { signInAt } from '../support/signed-in-over-http.js'
import { inTemporaryFolder, start, type Spawned } from '../support/spawned.js'

const demo = (folder: string): Spawned => start('cli/main.js', ['demo'], { DATA_DIR: folder, PORT: '0' })

/** Waits until everything is printed; the address, the password and the line about the round. */
async function shown(running: Spawned): Promise<{ address: string; password: string; round: string }> {
  await running.says(/Ctrl\+C stops it/)
  const found = (pattern: RegExp): string => pattern.exec(running.output())?.[1] ?? ''
  return {
    address: found(/made-up data: (http:\/\/\S+)/),
    password: found(/Password of all five: (\S+)/),
    round: found(/(Round 4 made \d+ proposals)/),
  }
}

describe('The demonstration', function () {
  this.timeout(180_000)

  it('lets all five roles in, says that it is made up, and goes on after a crash with what was there', async () => {
    await inTemporaryFolder(async (folder) => {
      const first = demo(folder)
      const { address, password, round } = await shown(first)
      assert.notEqual(round, '')
      const addresses = first.output().match(/\S+@spona\.example/g) ?? []
      assert.equal(addresses.length, 5)
      for (const email of addresses) {
        const open = await signInAt(address, email, password)
        assert.match(await open('/'), /spona-demonstration/)
      }
      await first.stop('SIGKILL')

      const again = demo(folder)
      assert.deepEqual({ ...(await shown(again)), address: '' }, { address: '', password, round })
      assert.doesNotMatch(again.output(), /Making a year/)
      assert.equal(await again.stop(), 0)

      const real = start('server.js', [], { DATA_DIR: folder, PORT: '0' })
      const [, served = ''] = await real.says(/Spona: (http:\/\/\S+)/)
      const open = await signInAt(served, 'coordinator@spona.example', password)
      assert.match(await open('/matches'), /spona-demonstration[\s\S]*\/matches\/[0-9a-f]{24}/)
      assert.equal(await real.stop(), 0)
    })
  })

  it('is never mixed into data that are somebody’s own', async () => {
    await inTemporaryFolder(async (folder) => {
      const terms = ['--role', 'administrator', '--email', 'ana@example.ba', '--name', 'Ana']
      const made = start('cli/main.js', ['account', 'create', ...terms], { DATA_DIR: join(folder, 'own') })
      assert.equal(await made.ends(), 0, made.complaints())
      const refused = demo(join(folder, 'own'))
      assert.equal(await refused.ends(), 2)
      assert.match(
        refused.complaints(),
        /^The database in \S+ holds data of its own\. Set DATA_DIR to another folder.*\n$/,
      )
    })
  })
})
