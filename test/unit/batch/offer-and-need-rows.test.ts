import { strict as assert } from 'node:assert'
import { readBatch } from '../../../src/features/batch/index.js'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const schoolFile = 'school_id_govt,school_name,admin1,admin2\nS-1,Prva osnovna škola,USK,bihac\n'
const offerFile = 'offer_id,company,kind,quantity\nO-1,Vrelo,DEV-LAPTOP,10\n'
const needFile = 'need_id,school_id_govt,kind,quantity\nN-1,S-1,DEV-LAPTOP,10\n'

function read({ schools = schoolFile, offers = offerFile, needs = needFile } = {}) {
  return readBatch(
    {
      schools: { name: 'schools.csv', bytes: bytes(schools) },
      offers: { name: 'offers.csv', bytes: bytes(offers) },
      needs: { name: 'needs.csv', bytes: bytes(needs) },
    },
    { today: '2026-12-01' },
  )
}

const problems = (files: Parameters<typeof read>[0]): string[] =>
  read(files).problems.map(
    ({ file, line, column, value, problem }) => `${file}:${line} ${column} "${value}" ${problem.key}`,
  )

/** One offer with this in the column, everything else as it should be. */
const offerWith = (column: string, cell: string) =>
  read({ offers: `offer_id,company,kind,quantity,${column}\nO-1,Vrelo,DEV-LAPTOP,10,"${cell}"\n` })
const problemOf = (column: string, cell: string): string | undefined => offerWith(column, cell).problems[0]?.problem.key

describe('a row of offers.csv', () => {
  it('is an offer for the whole country and every level when nothing else is stated', () => {
    const [offer] = read().round.offers
    assert.deepEqual(offer, {
      id: 'O-1',
      company: 'Vrelo',
      companyId: 'vrelo',
      kind: 'DEV-LAPTOP',
      quantity: 10,
      minPerSchool: null,
      maxPerSchool: null,
      territory: { scope: 'national' },
      levels: [],
      spec: {},
      validFrom: null,
      validTo: null,
      leadDays: null,
      wish: null,
    })
  })

  it('names authorities, municipalities, or both, which then stand for all their municipalities', () => {
    const territory = (cell: string) => offerWith('territory', cell).round.offers[0]?.territory
    assert.deepEqual(territory('USK | rs'), { scope: 'authorities', authorities: ['USK', 'RS'] })
    assert.deepEqual(territory('bihac|Tuzla'), { scope: 'municipalities', municipalities: ['bihac', 'tuzla'] })
    assert.deepEqual(territory('BD|bihac'), { scope: 'municipalities', municipalities: ['bihac', 'brcko'] })
    assert.deepEqual(territory('USK|BA'), { scope: 'national' })
  })

  it('states what it promises as pairs of key and value', () => {
    const [offer] = offerWith('spec', 'ramGb=8|os=windows+linux|warrantyMonths=24').round.offers
    assert.deepEqual(offer?.spec, { ramGb: 8, os: ['windows', 'linux'], warrantyMonths: 24 })
    const [dated] = offerWith('valid_to', '2027-03-31').round.offers
    assert.equal(dated?.validTo, '2027-03-31')
  })

  it('is rejected, with the reason, when a cell is not what its column holds', () => {
    const wrong: readonly (readonly [string, string, string])[] = [
      ['territory', 'Narnia', 'batch.row.place-unknown'],
      ['territory', 'Trnovo', 'batch.row.place-ambiguous'],
      ['min_per_school', '2.5', 'files.row.whole-number'],
      ['min_per_school', '11', 'batch.row.lot-over-quantity'],
      ['max_per_school', '0', 'files.row.range'],
      ['levels', 'university', 'files.row.choice'],
      ['spec', 'ramGb', 'batch.row.spec-pair'],
      ['spec', 'colour=red', 'catalogue.invalid.unknown'],
      ['spec', 'ramGb=much', 'catalogue.invalid.whole-number'],
      ['valid_from', '31.3.2027.', 'files.row.date'],
      ['valid_to', '2027-02-30', 'files.row.date'],
      ['lead_days', '-3', 'files.row.range'],
      ['terms', 'loan', 'files.row.choice'],
      ['value_bam', 'a lot', 'files.row.number'],
    ]
    for (const [column, cell, key] of wrong) assert.equal(problemOf(column, cell), key, `${column}: ${cell}`)
    assert.deepEqual(
      problems({
        offers:
          'offer_id,company,kind,quantity,min_per_school,max_per_school,valid_from,valid_to\n' +
          'O-1,Vrelo,DEV-LAPTOP,10,5,4,2027-02-01,2027-01-01\n',
      }),
      [
        'offers.csv:2 max_per_school "4" batch.row.most-under-least',
        'offers.csv:2 valid_to "2027-01-01" batch.row.ends-first',
      ],
    )
  })

  it('reports everything that is wrong with it, and blocks no other row', () => {
    const offers = 'offer_id,company,kind,quantity\n,Vrelo,DEV-ROCKET,0\nO-2,Vrelo,MONEY,5000\nO-2,Vrelo,MONEY,1\n'
    const { round, rejectedRows } = read({ offers })
    assert.deepEqual(
      round.offers.map(({ id }) => id),
      ['O-2'],
    )
    assert.equal(rejectedRows, 2)
    assert.deepEqual(problems({ offers }), [
      'offers.csv:2 kind "DEV-ROCKET" files.row.choice',
      'offers.csv:2 offer_id "" files.row.required',
      'offers.csv:2 quantity "0" files.row.range',
      'offers.csv:4 offer_id "O-2" files.row.duplicate',
    ])
  })
})

describe('the wish in a row of offers.csv', () => {
  const wish = (percent: string, places: string) =>
    read({
      offers: `offer_id,company,kind,quantity,kept_percent,kept_for\nO-1,Vrelo,DEV-LAPTOP,10,${percent},${places}\n`,
    })

  it('keeps a part for schools of some authorities', () => {
    assert.deepEqual(wish('30', 'USK|tk').round.offers[0]?.wish, { authorities: ['USK', 'TK'], share: 0.3 })
    assert.equal(wish('', '').round.offers[0]?.wish, null)
    assert.equal(wish('0', '').round.offers[0]?.wish, null)
  })

  it('is rejected by halves, over the whole, or for a place that is no authority', () => {
    const keys = (percent: string, places: string) =>
      wish(percent, places).problems.map(({ column, problem }) => `${column} ${problem.key}`)
    assert.deepEqual(keys('30', ''), ['kept_for files.row.required'])
    assert.deepEqual(keys('', 'USK'), ['kept_percent files.row.required'])
    assert.deepEqual(keys('130', 'USK'), ['kept_percent files.row.range'])
    assert.deepEqual(keys('30', 'bihac'), ['kept_for batch.row.authority-unknown'])
  })
})

describe('the choices in a row of needs.csv', () => {
  const choices = (columns: string, cells: string, offers?: string) =>
    read({
      needs: `need_id,school_id_govt,kind,quantity,${columns}\nN-1,S-1,DEV-LAPTOP,10,${cells}\n`,
      ...(offers === undefined ? {} : { offers }),
    })

  it('name pupils, offers in the order in which the school likes them, and offers and companies it refuses', () => {
    const offers = 'offer_id,company,kind,quantity\nO-1,Vrelo,DEV-LAPTOP,10\nO-2,Iskra,DEV-ROCKET,10\n'
    const [need] = choices('students,ranking,refused', '25,O-2|O-1,O-2|IŠKRA', offers).round.needs
    assert.deepEqual([need?.students, need?.ranking, need?.refused], [25, ['O-2', 'O-1'], ['O-2', 'iskra']])
  })

  it('are rejected where no row of the offers has them', () => {
    const keys = (columns: string, cells: string) =>
      choices(columns, cells).problems.map(({ column, problem }) => `${column} ${problem.key}`)
    assert.deepEqual(keys('ranking', 'O-9'), ['ranking batch.row.offer-unknown'])
    assert.deepEqual(keys('ranking', 'Vrelo'), ['ranking batch.row.offer-unknown'])
    assert.deepEqual(keys('refused', 'Nobody'), ['refused batch.row.offer-unknown'])
    assert.deepEqual(keys('students', 'many'), ['students files.row.whole-number'])
  })
})

describe('a row of needs.csv', () => {
  it('is of medium urgency and without a deadline when nothing else is stated', () => {
    const [need] = read().round.needs
    assert.deepEqual(need, {
      id: 'N-1',
      schoolId: 'S-1',
      kind: 'DEV-LAPTOP',
      quantity: 10,
      spec: {},
      urgency: 2,
      deadline: null,
      students: 0,
      ranking: [],
      refused: [],
    })
  })

  it('is rejected when nobody can need its kind, its school is not known, or its urgency is no 1, 2 or 3', () => {
    const needs =
      'need_id,school_id_govt,kind,quantity,urgency\nN-1,S-1,DEV-USED,1,1\nN-2,S-9,DEV-LAPTOP,1,2\nN-3,S-1,DEV-LAPTOP,1,4\n'
    assert.deepEqual(problems({ needs }), [
      'needs.csv:2 kind "DEV-USED" files.row.choice',
      'needs.csv:3 school_id_govt "S-9" batch.row.school-unknown',
      'needs.csv:4 urgency "4" files.row.choice',
    ])
  })

  it('is rejected with the row of its school', () => {
    const schools = `${schoolFile}S-2,Druga,XX,\n`
    const needs = `${needFile}N-2,S-2,DEV-LAPTOP,1\n`
    assert.deepEqual(problems({ schools, needs }), [
      'schools.csv:3 admin1 "XX" files.row.choice',
      'needs.csv:3 school_id_govt "S-2" batch.row.school-unknown',
    ])
  })
})

describe('the schools of a batch', () => {
  it('have their index and tier, and lack only what the register says they lack', () => {
    const schools =
      'school_id_govt,school_name,admin1,parent_school_id_govt,connectivity_govt,num_computers,num_tablets\n' +
      'S-1,Prva,USK,,,,\nS-2,Druga,USK,S-1,no,0,0\n'
    const [first, second] = read({ schools }).round.schools
    assert.deepEqual(first?.has, { electricity: true, connectivity: true, devices: true })
    assert.deepEqual(
      [second?.has, second?.isBranch],
      [{ electricity: true, connectivity: false, devices: false }, true],
    )
    assert.ok(second !== undefined)
    assert.ok(second.equityIndex > first.equityIndex && second.tier < first.tier)
  })
})
