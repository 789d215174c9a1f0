import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { municipalities } from '../../../src/features/authorities/index.js'
import { equityIndex, equityPolicy, tierOf, type SchoolFacts } from '../../../src/features/schools/index.js'
import { aSchool } from '../../support/builders-register.js'
import { SeededRandom } from '../../support/seeded-random.js'

const random = new SeededRandom(2022)
/** A number around 1 with a long tail. */
const spread = (): number => Math.exp((random.next() + random.next() + random.next() - 1.5) * 1.2)

function facts(isBranch: boolean, hasLine: boolean): SchoolFacts {
  const seat = random.pick(municipalities)
  const students = Math.max(3, Math.round((isBranch ? 24 : 340) * spread()))
  const isRural = random.chance(isBranch ? 0.92 : 0.4)
  const perStudent = isBranch ? 0.15 * random.next() : 0.03 + 0.12 * random.next()
  const count = (share: number) => Math.min(students, Math.round(students * share * spread()))
  return aSchool({
    municipality: seat.slug,
    latitude: seat.latitude + (isBranch ? 4 + 18 * random.next() : 5 * random.next()) / 111,
    longitude: seat.longitude,
    parentSchoolIdGovt: isBranch ? 'central' : null,
    schoolAreaType: isRural ? 'rural' : 'urban',
    numStudents: students,
    connectivityGovt: hasLine,
    downloadSpeedContracted: hasLine ? random.pick(isBranch ? [4, 8, 10, 20] : [10, 20, 50, 100]) : null,
    electricityAvailability: !isBranch || random.chance(0.99),
    numComputers: isBranch && !hasLine ? random.between(0, 1) : Math.round(students * perStudent),
    numTablets: 0,
    numStudentsVulnerable: count(isRural ? 0.22 : 0.12),
    numStudentsWithDisabilities: count(0.03),
    specialEducation: !isBranch && random.chance(47 / 969),
  })
}

/** The 2,061 units mapped in 2022: 1,092 branches, of which 579 had no line; 969 central schools, of which 4 had none. */
const country = [
  ...Array.from({ length: 1092 }, (_, at) => facts(true, at >= 579)),
  ...Array.from({ length: 969 }, (_, at) => facts(false, at >= 4)),
]

describe('the limits of the tiers', () => {
  it('part a model of the country into about fifths', () => {
    const tiers = country.map((unit) => tierOf(equityIndex(unit)))
    for (const tier of [1, 2, 3, 4, 5]) {
      const share = tiers.filter((one) => one === tier).length / tiers.length
      assert.ok(share > 0.15 && share < 0.25, `tier ${tier}: ${share}`)
    }
  })

  it('put units without a line into the first tiers', () => {
    const cut = country.filter((unit) => unit.connectivityGovt === false)
    assert.ok(cut.every((unit) => tierOf(equityIndex(unit)) <= 3))
  })

  it('and the weights are those of the documentation', () => {
    const text = readFileSync('docs/equity-index.md', 'utf8')
    for (const [name, weight] of Object.entries(equityPolicy.weights))
      assert.ok(text.includes(`| ${name} | ${weight} |`), name)
    equityPolicy.tierFrom.forEach((limit, at) => {
      assert.match(text, new RegExp(`\\| ${at + 1}[^|]*\\| from ${limit} \\|`))
    })
    assert.ok(text.includes(`This page is version ${equityPolicy.version}`))
  })
})
