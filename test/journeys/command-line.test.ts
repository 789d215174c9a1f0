import { strict as assert } from 'node:assert'
import { accountCommand } from '../../src/cli/account-command.js'
import { UnusableCall } from '../../src/cli/call.js'
import { inTemporaryFolder, start, type Spawned } from '../support/spawned.js'

const call = (folder: string, ...args: readonly string[]): Spawned => start('cli/main.js', args, { DATA_DIR: folder })

/** Exit code 2 and one line that says what to do. */
async function isUnusable(called: Spawned, words: RegExp): Promise<void> {
  assert.equal(await called.ends(), 2, called.output() + called.complaints())
  assert.equal(called.complaints().trim().split('\n').length, 1, called.complaints())
  assert.match(called.complaints(), words)
}

describe('The command line', () => {
  it('lists its commands when asked, and when a word is none of them', async () => {
    const help = call('unused', '--help')
    assert.equal(await help.ends(), 0)
    assert.match(help.output(), /account create/)
    await isUnusable(call('unused', 'toString'), /no command toString.*account/)
    const bare = call('unused')
    assert.equal(await bare.ends(), 2)
    assert.match(bare.output(), /Usage/)
  })

  it('says in one line which word it cannot use', async () => {
    await isUnusable(call('unused', 'account', 'create', '--rolle', 'school'), /--rolle/)
  })

  it('makes an account, refuses the same address, and sets a new password', async () => {
    await inTemporaryFolder(async (folder) => {
      const terms = ['--role', 'coordinator', '--email', 'Ana@Example.ba', '--name', 'Ana', '--authority', 'usk,PK']
      const made = call(folder, 'account', 'create', ...terms)
      assert.equal(await made.ends(), 0, made.complaints())
      assert.match(made.output(), /^ana@example\.ba can sign in as coordinator\.\nPassword: \S{16}\n$/)
      await isUnusable(call(folder, 'account', 'create', ...terms), /already an account for ana@example\.ba/)
      const endless = ['--role', 'administrator', '--email', 'ivo@example.ba', '--name', 'I'.repeat(121)]
      await isUnusable(call(folder, 'account', 'create', ...endless), /name needs 1 to 120 characters/)
      const args = ['account', 'password', '--email', 'ana@example.ba', '--password-stdin']
      const typed = start('cli/main.js', args, { DATA_DIR: folder }, 'a new long password\n')
      assert.equal(await typed.ends(), 0, typed.complaints())
      assert.ok(!typed.output().includes('a new long password'))
      const listed = call(folder, 'account', 'list')
      assert.equal(await listed.ends(), 0)
      assert.equal(listed.output(), 'ana@example.ba\tcoordinator\tAna\tUSK,PK\topen\n')
    })
  })
})

describe('An account that is asked for on the command line', () => {
  /** Refused before the data are opened. */
  async function isRefused(words: RegExp, ...args: readonly string[]): Promise<void> {
    await assert.rejects(accountCommand(args), (error) => {
      assert.ok(error instanceof Error)
      assert.ok(error instanceof UnusableCall || 'code' in error, error.stack)
      assert.match(error.message, words)
      return true
    })
  }

  it('needs an act that there is', async () => {
    await isRefused(/create, list or password/)
    await isRefused(/create, list or password/, 'delete')
    await isRefused(/create, list or password/, 'constructor')
    await isRefused(/what is Marić\?/, 'create', '--name', 'Ana', 'Marić')
  })

  it('needs a role, an address and a name that can be used', async () => {
    await isRefused(/king.*administrator/, 'create', '--role', 'king', '--email', 'a@b.ba', '--name', 'A')
    await isRefused(/nowhere is not an address/, 'create', '--role', 'school', '--email', 'nowhere', '--name', 'A')
    await isRefused(/--name is missing/, 'create', '--role', 'school', '--email', 'a@b.ba')
    await isRefused(/--email is missing/, 'password')
  })

  it('needs authorities and a language that exist, and one organisation at most', async () => {
    const coordinator = ['create', '--role', 'coordinator', '--email', 'a@b.ba', '--name', 'A']
    await isRefused(/XX is none of USK/, ...coordinator, '--authority', 'USK,XX')
    await isRefused(/de is none of en, bs/, ...coordinator, '--authority', 'USK', '--language', 'de')
    await isRefused(/not both/, ...coordinator, '--organisation', 'A', '--school', 'B')
  })
})
