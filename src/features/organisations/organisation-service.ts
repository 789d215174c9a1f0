import type { Connection } from 'mongoose'
import { isDuplicateKey } from '../../db/duplicate-key.js'
import type { Clock } from '../../shared/clock.js'
import { ConflictError, NotFoundError } from '../../shared/errors.js'
import { isId } from '../../shared/ids.js'
import { companyFrom, companyKey, type Company, type NewCompany } from './company.js'
import { companyModel, type CompanyRecord } from './company-model.js'

/** Companies. A school's organisation is its central school unit, which the schools keep. */
export interface OrganisationService {
  /** Throws RuleViolation for a field that is wrong, ConflictError for a name that is taken. */
  createCompany(company: NewCompany): Promise<Company>
  /** Throws NotFoundError. */
  company(id: string): Promise<Company>
  /** By id; ids that are none, or nobody's, are left out. */
  companiesByIds(ids: Iterable<string>): Promise<ReadonlyMap<string, Company>>
  /** All of them by name. */
  companies(): Promise<readonly Company[]>
}

const companyOf = ({ _id, key: _key, ...rest }: CompanyRecord): Company => ({ id: String(_id), ...rest })

export function createOrganisationService(connection: Connection, clock: Clock): OrganisationService {
  const model = companyModel(connection)
  return {
    async createCompany(given) {
      const company = companyFrom(given)
      try {
        const created = await model.create({ ...company, key: companyKey(company.name), createdAt: clock() })
        return companyOf(created.toObject())
      } catch (error) {
        if (isDuplicateKey(error)) throw new ConflictError('organisations.name-taken', { name: company.name })
        throw error
      }
    },

    async company(id) {
      const record = isId(id) ? await model.findById(id).lean<CompanyRecord>() : null
      if (record === null) throw new NotFoundError()
      return companyOf(record)
    },

    async companiesByIds(ids) {
      const known = [...new Set(ids)].filter(isId)
      if (known.length === 0) return new Map()
      const companies = new Map<string, Company>()
      // A round asks for hundreds: others have their turn in between.
      const found = model
        .find({ _id: { $in: known } })
        .lean<CompanyRecord[]>()
        .cursor({ batchSize: 50 })
      for await (const record of found) companies.set(String(record._id), companyOf(record))
      return companies
    },

    async companies() {
      const records = await model.find().sort({ key: 1 }).limit(5000).lean<CompanyRecord[]>()
      return records.map(companyOf)
    },
  }
}
