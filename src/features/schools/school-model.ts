import { Schema, type Connection, type Types } from 'mongoose'
import { levels } from '../../shared/level.js'
import { authorityCodes } from '../authorities/index.js'
import { tiers } from '../../shared/tier.js'
import { areaTypes, connectivityTypes, type DerivedFacts, type SchoolFacts } from './school.js'

/** A school unit as it is stored. */
export interface StoredSchool extends SchoolFacts, DerivedFacts {
  readonly _id: Types.ObjectId
  readonly parentId: Types.ObjectId | null
  readonly centralId: Types.ObjectId
}

const text = { type: String, default: null }
const count = { type: Number, default: null, min: 0 }
const flag = { type: Boolean, default: null }
const id = Schema.Types.ObjectId

const schema = new Schema<StoredSchool>(
  {
    schoolIdGovt: { type: String, required: true, maxlength: 60 },
    schoolIdGiga: text,
    name: { type: String, required: true, maxlength: 200 },
    latitude: { type: Number, default: null },
    longitude: { type: Number, default: null },
    educationLevelGovt: text,
    level: { type: String, enum: [...levels, null], default: null },
    authority: { type: String, required: true, enum: authorityCodes },
    municipality: { type: String, default: '' },
    parentSchoolIdGovt: text,
    schoolAreaType: { type: String, enum: [...areaTypes, null], default: null },
    numStudents: count,
    numTeachers: count,
    numClassrooms: count,
    connectivityGovt: flag,
    connectivityTypeGovt: { type: String, enum: [...connectivityTypes, null], default: null },
    downloadSpeedContracted: count,
    electricityAvailability: flag,
    numComputers: count,
    numTablets: count,
    teachersTrained: count,
    anyTeacherTrained: flag,
    numStudentsVulnerable: count,
    numStudentsWithDisabilities: count,
    specialEducation: flag,
    languageOfInstruction: text,
    parentId: { type: id, default: null },
    centralId: { type: id, required: true },
    isBranch: { type: Boolean, required: true },
    equityIndex: { type: Number, required: true, min: 0, max: 1 },
    tier: { type: Number, required: true, enum: tiers },
    equityVersion: { type: Number, required: true },
    sortName: { type: String, required: true },
    words: { type: [String], required: true },
  },
  { strict: 'throw', versionKey: false },
)
schema.index({ schoolIdGovt: 1 }, { unique: true })
schema.index({ sortName: 1, _id: 1 })
schema.index({ authority: 1, sortName: 1, _id: 1 })
schema.index({ centralId: 1, sortName: 1 })
schema.index({ words: 1 })
// Units that still carry the weights of an earlier policy are found at once.
schema.index({ equityVersion: 1, _id: 1 })

export const schoolModel = (connection: Connection) => connection.model('School', schema)
