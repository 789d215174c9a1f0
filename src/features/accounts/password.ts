import { hash, verify } from '@node-rs/argon2'

/** OWASP's recommended parameters for argon2id (the library's default): 19 MiB, two passes, one lane. */
const argon2id = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export const hashPassword = (password: string): Promise<string> => hash(password, argon2id)

/** Stands where a hash would, for accounts that nobody can sign in to yet. */
export const noPassword = 'none'

let decoy: Promise<string> | undefined

/** Takes the same time whether or not there is an account, so that it tells nobody which addresses exist. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password')
  const hasPassword = stored !== null && stored !== noPassword
  const matches = await verify(hasPassword ? stored : await decoy, password)
  return matches && hasPassword
}
