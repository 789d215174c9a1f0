import assert from 'node:assert/strict'
import { openDatabase, type Database } from '../../src/db/connect.js'
import { createIndexes } from '../../src/db/indexes.js'
import {
  createSchoolService,
  equityIndex,
  equityPolicy,
  tierOf,
  type Equity,
  type SchoolService,
} from '../../src/features/schools/index.js'
import { schoolModel } from '../../src/features/schools/school-model.js'
import { aSchool } from '../support/builders-register.js'

/** Nothing counts but electricity. */
const onlyElectricity: Equity = {
  version: 2,
  weights: {
    connectivity: 0,
    electricity: 1,
    devices: 0,
    remoteness: 0,
    branch: 0,
    vulnerability: 0,
    disability: 0,
  },
  tierFrom: [0.9, 0.7, 0.5, 0.3],
}

describe('Other weights', () => {
  let database: Database
  let schools: SchoolService
  let inForce: Equity

  beforeEach(async () => {
    inForce = equityPolicy
    database = await openDatabase({ directory: null })
    schools = createSchoolService(database.connection, {
      inForce: () => Promise.resolve(inForce),
      of: (version) => Promise.resolve(version === 2 ? onlyElectricity : equityPolicy),
    })
    await createIndexes(database.connection)
  })
  afterEach(() => database.close())

  const many = (count: number) =>
    Array.from({ length: count }, (_, at) =>
      aSchool({ schoolIdGovt: `S${at}`, electricityAvailability: at % 2 === 0, numComputers: at % 7 }),
    )
  const wrong = async (equity: Equity): Promise<string[]> =>
    (await schools.allUnits())
      .filter((unit) => {
        const index = equityIndex(unit, equity)
        return (
          unit.equityVersion !== equity.version || unit.equityIndex !== index || unit.tier !== tierOf(index, equity)
        )
      })
      .map(({ schoolIdGovt }) => schoolIdGovt)

  it('reach every stored unit, once', async () => {
    await schools.register(many(250))
    assert.deepEqual(await wrong(equityPolicy), [])
    assert.equal(await schools.reweigh(onlyElectricity), 250)
    assert.deepEqual(await wrong(onlyElectricity), [])
    assert.deepEqual(new Set((await schools.allUnits()).map(({ tier }) => tier)), new Set([1, 5]))
    assert.equal(await schools.reweigh(onlyElectricity), 0)
  })

  it('reach the rest after somebody pulled the plug in the middle', async () => {
    await schools.register(many(250))
    const { collection } = schoolModel(database.connection)
    const write = collection.bulkWrite.bind(collection)
    let batches = 0
    collection.bulkWrite = async (...given: Parameters<typeof write>) => {
      batches += 1
      if (batches === 2) throw new Error('the plug')
      return write(...given)
    }
    await assert.rejects(schools.reweigh(onlyElectricity), /the plug/)
    assert.equal((await wrong(onlyElectricity)).length, 230)
    collection.bulkWrite = write
    assert.equal(await schools.reweigh(onlyElectricity), 230)
    assert.deepEqual(await wrong(onlyElectricity), [])
  })

  it('do not come back: an older version changes nothing', async () => {
    await schools.register(many(3))
    await schools.reweigh(onlyElectricity)
    assert.equal(await schools.reweigh(equityPolicy), 0)
    assert.deepEqual(await wrong(onlyElectricity), [])
  })

  it('are those of an import from the day on which they are in force', async () => {
    await schools.register(many(2))
    inForce = onlyElectricity
    await schools.register(many(4))
    assert.deepEqual(await wrong(onlyElectricity), [])
  })

  it('explain a unit that still has the index of the version before', async () => {
    await schools.register(many(1))
    inForce = onlyElectricity
    const [unit] = await schools.allUnits()
    const person = {
      id: '',
      name: '',
      role: 'administrator',
      organisation: null,
      authorities: new Set<string>(),
    } as const
    assert.equal((await schools.read(person, unit!.id)).equity.version, 1)
    await schools.reweigh(onlyElectricity)
    assert.deepEqual((await schools.read(person, unit!.id)).equity, onlyElectricity)
  })
})
