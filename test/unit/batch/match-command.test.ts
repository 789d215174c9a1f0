import { strict as assert } from 'node:assert'
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from 'cheerio'
import { parse } from 'csv-parse/sync'
import { firstPolicy } from '../../../src/features/planning/index.js'

const command = fileURLToPath(new URL('../../../src/cli/main.js', import.meta.url))
const documentation = readFileSync('docs/batch.md', 'utf8')

interface Run {
  readonly code: number
  readonly out: string
  readonly error: string
}

const match = (args: readonly string[]): Promise<Run> =>
  new Promise((resolve) => {
    execFile(process.execPath, [command, 'match', ...args], (failure, out, error) => {
      resolve({ code: failure === null ? 0 : Number(failure.code), out, error })
    })
  })

/** The arguments of the command that the documentation shows, with another folder for the answers. */
function documented(folder: string): string[] {
  const line = /^npm run match -- (.*)$/m.exec(documentation)?.[1] ?? ''
  assert.ok(line.endsWith('--out plan'), 'the documentation shows no command')
  return [...line.split(' ').slice(0, -1), folder]
}

const oneLine = /^[^\n]+\n$/

describe('the match command', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spona-match-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')
  const rows = (name: string) => parse(read(name), { columns: true }) as unknown as Record<string, string>[]
  const write = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }

  it('plans the documented example: the neediest first, every other need with its reason', async () => {
    const { code, error } = await match([...documented(folder), '--today', '2026-12-01'])
    assert.deepEqual([code, error], [0, ''])
    const given = rows('plan.csv').map((row) => `${row['offer_id']} ${row['need_id']} ${row['quantity']}`)
    assert.ok(given.includes('O-01 N-01 1') && given.includes('O-04 N-06 6') && given.includes('O-03 N-09 20'))
    const codes = rows('unmatched.csv').map((row) => `${row['need_id']} ${row['reason_code']} ${row['missing']}`)
    assert.deepEqual(codes, [
      'N-02 prerequisite 1',
      'N-09 limits 5',
      'N-12 limits 1',
      'N-15 no-offer 10',
      'N-17 prerequisite 5',
      'N-18 outbid 1',
    ])
    const summary = JSON.parse(read('summary.json')) as Record<string, unknown>
    assert.deepEqual(
      [summary['needs'], summary['offers'], summary['schools'], summary['rejected_rows'], summary['certified']],
      [18, 8, 11, 0, true],
    )
    assert.ok(Number(summary['objective']) <= Number(summary['bound']))
  })

  it('is shown by the README as its documentation shows it', () => {
    const shown = /^npm run match -- .*$/m
    assert.equal(shown.exec(readFileSync('README.md', 'utf8'))?.[0], shown.exec(documentation)?.[0])
  })

  it('writes the columns that other tools rely on', async () => {
    await match([...documented(folder), '--today', '2026-12-01'])
    const headers = ['plan.csv', 'unmatched.csv', 'rejected.csv'].map((name) => read(name).split('\n')[0])
    assert.deepEqual(headers, [
      'offer_id,need_id,school_id_govt,kind,quantity,tier,reason',
      'need_id,school_id_govt,kind,tier,missing,reason_code,reason',
      'file,line,column,value,problem,hint',
    ])
    const summary = JSON.parse(read('summary.json')) as object
    assert.equal(
      Object.keys(summary).join(' '),
      'needs offers schools rejected_rows units_needed units_offered units_served objective bound certified tiers partners seconds rss_mb policy input_hash',
    )
  })

  it('writes a report that stands alone: no script, nothing fetched, a chart with its table, in the language asked for', async () => {
    await match([...documented(folder), '--language', 'sr-Cyrl'])
    const page = load(read('report.html'))
    assert.equal(page('html').attr('lang'), 'sr-Cyrl-BA')
    assert.equal(page('script, link, img, [src]').length, 0)
    assert.match(page('h1').text(), /План/)
    assert.equal(page('svg[role=img][aria-label] rect').length, 10)
    assert.ok(page('table').length >= 6)
    assert.equal(page('table').length, page('table > caption').length)
    assert.equal(page('thead th').length, page('thead th[scope=col]').length)
  })

  it('weighs the schools by a published policy', async () => {
    const weights = { ...firstPolicy.equity.weights, connectivity: 0, electricity: 0.32 }
    const policy = { ...firstPolicy, version: 2, equity: { ...firstPolicy.equity, weights } }
    assert.equal((await match(documented(folder))).code, 0)
    const before = read('plan.csv')
    const published = write('policy.json', JSON.stringify({ policy, hash: '', changes: [] }))
    assert.equal((await match([...documented(folder), '--policy', published])).code, 0)
    assert.match(read('summary.json'), /"policy": "equity-first 2"/)
    assert.notEqual(read('plan.csv'), before)
  })

  it('makes the plan that is asked for, and says which', async () => {
    await match([...documented(folder), '--today', '2026-12-01', '--plan', 'most-students'])
    const summary = JSON.parse(read('summary.json')) as Record<string, unknown>
    assert.deepEqual([summary['policy'], summary['certified']], ['most-students 1', true])
    assert.match(load(read('report.html'))('.quiet').first().text(), /Most pupils \(version 1 of the policy\)/)
  })

  it('rejects rows one by one, shows what is hostile as text, and still plans', async () => {
    const schools = write(
      's.csv',
      '\ufeffschool_id_govt;school_name;admin1;colour\r\nS-1;<script>alert(1)</script>;KS;red\r\nS-2;;KS;\r\n',
    )
    const offers = write('o.csv', 'offer_id;company;kind;quantity\r\nO-1;"=HYPERLINK(""http://x"")";DEV-LAPTOP;5\r\n')
    const needs = write(
      'n.csv',
      'need_id;school_id_govt;kind;quantity\r\nN-1;S-1;DEV-LAPTOP;5\r\nN-2;=1+1;DEV-LAPTOP;1\r\n',
    )
    const { code, out } = await match(['--schools', schools, '--offers', offers, '--needs', needs, '--out', folder])
    assert.equal(code, 0)
    assert.match(out, /2 rows were rejected/)
    assert.match(out, /s\.csv: columns that nobody reads: colour/)
    assert.deepEqual(
      rows('rejected.csv').map((row) => [row['file'], row['line'], row['column'], row['value']]),
      [
        ['s.csv', '3', 'school_name', ''],
        ['n.csv', '3', 'school_id_govt', "'=1+1"],
      ],
    )
    assert.equal(rows('plan.csv').length, 1)
    assert.equal(load(read('report.html'))('script').length, 0)
  })

  it('ends with code 2 and one line when the call or a file cannot be used', async () => {
    const all = documented(folder)
    const instead = (option: string, value: string): string[] =>
      all.map((word, at) => (all[at - 1] === option ? value : word))
    const unusable: readonly (readonly [readonly string[], RegExp])[] = [
      [[], /--schools is missing/],
      [['--shools', 'x'], /--shools/],
      [[...all, '--language', 'de'], /de is none of en/],
      [[...all, '--today', '31.3.2027.'], /no date such as/],
      [
        [...all, '--policy', write('policy.json', '{"policy":{"version":2}}')],
        /policy\.json holds no published policy/,
      ],
      [[...all, '--plan', 'best'], /best is none of equity-first/],
      [instead('--offers', join(folder, 'none.csv')), /none\.csv cannot be read/],
      [
        instead('--needs', write('open.csv', 'need_id,school_id_govt,kind,quantity\nN-1,"S-1,x,1\n')),
        /open\.csv, line 2, column 2/,
      ],
      [instead('--schools', write('few.csv', 'school_id_govt,admin1\n')), /column school_name is missing/],
      [instead('--offers', write('empty.csv', '')), /empty\.csv: the file is empty/],
      [instead('--out', join(write('file.txt', ''), 'plan')), /cannot be written/],
    ]
    for (const [args, words] of unusable) {
      const { code, out, error } = await match(args)
      assert.equal(code, 2, error)
      assert.match(error, words)
      assert.match(error, oneLine)
      assert.equal(out, '')
    }
  })
})
