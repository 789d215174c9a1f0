import { Types, type Connection } from 'mongoose'
import { needModel, type Need } from '../../src/features/needs/index.js'
import { offerModel, type Offer } from '../../src/features/offers/index.js'
import { searchWords } from '../../src/features/listings/index.js'

/** Stores an offer or a need as it stands, under an id of its own; gives that id. */
export async function store(connection: Connection, listing: Offer | Need): Promise<string> {
  const _id = new Types.ObjectId()
  const { id: _, ...rest } = listing
  if ('companyId' in rest) {
    const words = searchWords(rest.title, rest.description, rest.conditions)
    await offerModel(connection).create({ ...rest, _id, companyId: new Types.ObjectId(rest.companyId), words })
  } else {
    const words = searchWords(rest.reason)
    await needModel(connection).create({
      ...rest,
      _id,
      schoolUnitId: new Types.ObjectId(rest.schoolUnitId),
      centralSchoolId: new Types.ObjectId(rest.centralSchoolId),
      words,
    })
  }
  return _id.toHexString()
}
