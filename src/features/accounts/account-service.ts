import { randomBytes } from 'node:crypto'
import type { Connection } from 'mongoose'
import { isDuplicateKey } from '../../db/duplicate-key.js'
import type { Actor, Role } from '../../shared/actor.js'
import type { Clock } from '../../shared/clock.js'
import { ConflictError, NotFoundError } from '../../shared/errors.js'
import { isId } from '../../shared/ids.js'
import type { Locale } from '../../shared/locale.js'
import { actorFrom, checkBelonging, checkName, checkPassword, normaliseEmail, type Account } from './account.js'
import { accountModel, type AccountRecord } from './account-model.js'
import { hashPassword, isPassword, noPassword } from './password.js'

export interface NewAccount {
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly organisation?: string | null
  readonly authorities?: readonly string[]
  readonly language?: Locale
  /** Without one a password is made up and returned. */
  readonly password?: string
}

export interface AccountService {
  /** The account, or null for a wrong address or password; it never tells which. */
  signIn(email: string, password: string): Promise<Account | null>
  /** The person behind a session; null when the account is gone, closed or changed since. */
  actor(id: string, version: number): Promise<Actor | null>
  /** Throws RuleViolation, or ConflictError when the address is taken. */
  create(account: NewAccount): Promise<{ readonly account: Account; readonly password: string }>
  /** The same for somebody who cannot sign in until a password is set. */
  announce(account: Omit<NewAccount, 'password'>): Promise<Account>
  /** Sets a new password and ends all sessions of the account; without one it is made up. */
  setPassword(email: string, password?: string): Promise<string>
  list(): Promise<readonly Account[]>
  /** Names of people by id, for histories; ids that are none, or nobody's any more, are left out. */
  namesOf(ids: Iterable<string>): Promise<ReadonlyMap<string, string>>
  /** Accounts that act for an organisation, for telling them something. */
  ofOrganisation(organisation: string): Promise<readonly Account[]>
}

const accountFrom = ({ _id, passwordHash: _hash, createdAt: _at, ...rest }: AccountRecord): Account => ({
  id: String(_id),
  ...rest,
})

const madeUpPassword = (): string => randomBytes(12).toString('base64url')

export function createAccountService(connection: Connection, clock: Clock): AccountService {
  const accounts = accountModel(connection)

  const store = async (given: Omit<NewAccount, 'password'>, hash: () => Promise<string>): Promise<Account> => {
    const { email, name, role, organisation = null, authorities = [], language = 'bs' } = given
    checkName(name)
    checkBelonging(role, organisation, authorities)
    try {
      const created = await accounts.create({
        email: normaliseEmail(email),
        name,
        role,
        organisation,
        authorities,
        language,
        passwordHash: await hash(),
        version: 1,
        isClosed: false,
        createdAt: clock(),
      })
      return accountFrom(created.toObject())
    } catch (error) {
      if (isDuplicateKey(error)) throw new ConflictError('accounts.address-taken', { email: normaliseEmail(email) })
      throw error
    }
  }

  return {
    async signIn(email, password) {
      const record = await accounts.findOne({ email: normaliseEmail(email) }).lean<AccountRecord>()
      const matches = await isPassword(password, record?.passwordHash ?? null)
      return matches && record !== null && !record.isClosed ? accountFrom(record) : null
    },

    async actor(id, version) {
      if (!isId(id)) return null
      const record = await accounts.findOne({ _id: id, version, isClosed: false }).lean<AccountRecord>()
      return record === null ? null : actorFrom(accountFrom(record))
    },

    async create({ password = madeUpPassword(), ...given }) {
      checkPassword(password)
      return { account: await store(given, () => hashPassword(password)), password }
    },

    announce: (given) => store(given, () => Promise.resolve(noPassword)),

    async setPassword(email, password = madeUpPassword()) {
      checkPassword(password)
      const changed = await accounts.updateOne(
        { email: normaliseEmail(email) },
        { $set: { passwordHash: await hashPassword(password) }, $inc: { version: 1 } },
      )
      if (changed.matchedCount === 0) throw new NotFoundError('accounts.no-such-address', { email })
      return password
    },

    async list() {
      const records = await accounts.find().sort({ email: 1 }).limit(1000).lean<AccountRecord[]>()
      return records.map(accountFrom)
    },

    async namesOf(ids) {
      const known = [...new Set(ids)].filter(isId)
      if (known.length === 0) return new Map()
      const records = await accounts.find({ _id: { $in: known } }, { name: 1 }).lean<AccountRecord[]>()
      return new Map(records.map(({ _id, name }) => [String(_id), name]))
    },

    async ofOrganisation(organisation) {
      const records = await accounts.find({ organisation, isClosed: false }).limit(50).lean<AccountRecord[]>()
      return records.map(accountFrom)
    },
  }
}
