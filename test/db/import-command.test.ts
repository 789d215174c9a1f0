import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const main = new URL('../../src/cli/main.js', import.meta.url).pathname

describe('cli import schools', () => {
  const folder = mkdtempSync(join(tmpdir(), 'spona-import-'))
  after(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  const run = (...args: readonly string[]) =>
    new Promise<{ code: number; out: string; err: string }>((done) => {
      const environment = { ...process.env, NODE_ENV: 'production', DATA_DIR: join(folder, 'data'), MONGODB_URI: '' }
      execFile(process.execPath, [main, ...args], { env: environment, cwd: folder }, (error, out, err) => {
        done({ code: typeof error?.code === 'number' ? error.code : 0, out, err })
      })
    })

  it('stores what is right, says what is wrong and what to do, and changes nothing the second time', async () => {
    const file = 'school_id_govt;school_name;admin1;num_students\r\n1;Prva;TK;12\r\n2;=Druga;TK;-1\r\n'
    writeFileSync(join(folder, 'schools.csv'), `\ufeff${file}`)
    const first = await run('import', 'schools', 'schools.csv', '--rejected', 'rejected.csv')
    assert.equal(first.code, 0, first.err)
    assert.deepEqual(first.out.split('\n'), [
      'schools.csv: 2 rows read; 1 units added, 0 changed, 0 unchanged; 1 rows rejected.',
      'line 3, num_students “-1”: The number is outside 0 to 20,000. Correct the number.',
      '',
    ])
    assert.equal(
      readFileSync(join(folder, 'rejected.csv'), 'utf8'),
      'file,line,column,value,problem,hint\n' +
        `schools.csv,3,num_students,-1,"The number is outside 0 to 20,000.",Correct the number.\n`,
    )
    const second = await run('import', 'schools', 'schools.csv', '--language', 'sr-Cyrl')
    assert.match(second.out, /непромијењено: 1; одбијено редова: 1/)
  })

  it('refuses a call or a file that it cannot use, in one line', async () => {
    writeFileSync(join(folder, 'other.csv'), 'a,b\n1,2\n')
    for (const [args, reason] of [
      [['import'], /say import schools/],
      [['import', 'schools', 'nothing.csv'], /nothing\.csv cannot be read/],
      [['import', 'schools', 'other.csv'], /other\.csv: the columns school_id_govt, school_name, admin1 are missing/],
      [['import', 'schools', 'other.csv', '--language', 'xx'], /--language: xx is none of/],
    ] as const) {
      const { code, err } = await run(...args)
      assert.equal(code, 2, err)
      assert.match(err, reason)
      assert.equal(err.trim().split('\n').length, 1, err)
    }
  })
})
