import { strict as assert } from 'node:assert'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { MongoClient } from 'mongodb'
import { startEmbeddedDatabase } from '../../src/db/embedded/index.js'
import { SeededRandom } from '../support/seeded-random.js'

const rounds = Number(process.env['KILLS'] ?? 2)
const program = fileURLToPath(new URL('../support/database-load.js', import.meta.url))

describe('What was acknowledged', () => {
  let folder: string

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spona-test-'))
  })

  after(() => rm(folder, { recursive: true, force: true }))

  /** Lets the load run for a while and kills it without warning; returns what it had been promised. */
  async function killInMidLoad(milliseconds: number): Promise<string[]> {
    const child = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
    let printed = ''
    child.stdout.setEncoding('utf8')
    const underWay = new Promise<void>((resolve) => {
      child.stdout.on('data', (text: string) => {
        printed += text
        if (printed.split('\n').length > 20) resolve()
      })
    })
    await underWay
    await new Promise((resolve) => setTimeout(resolve, milliseconds))
    child.kill('SIGKILL')
    await once(child, 'close')
    return printed.split('\n').slice(0, -1)
  }

  it('is still there after the process was killed in the middle of its work', async function () {
    this.timeout(20_000 + rounds * 10_000)
    const random = new SeededRandom(11)
    const promised: string[] = []
    for (let round = 0; round < rounds; round++) {
      promised.push(...(await killInMidLoad(random.between(50, 400))))
      const database = await startEmbeddedDatabase({ directory: folder })
      const client = await new MongoClient(database.uri).connect()
      const notes = client.db().collection<{ _id: string }>('notes')
      const stored = new Set((await notes.find({}).toArray()).map(({ _id }) => _id))
      const lost = promised.filter((id) => !stored.has(id))
      assert.deepEqual(lost, [])
      assert.equal(await notes.countDocuments({ word: /^w/ }), stored.size, 'the index holds what the collection holds')
      const accounts = await client.db().collection<{ balance: number }>('accounts').find().toArray()
      for (const pair of [0, 2, 4]) {
        assert.equal((accounts[pair]?.balance ?? 0) + (accounts[pair + 1]?.balance ?? 0), 200, 'a transfer is whole')
      }
      await client.close()
      await database.close()
    }
    assert.ok(promised.length > rounds * 10, `${promised.length} writes were promised`)
  })
})
