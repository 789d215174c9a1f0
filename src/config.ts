import { z } from 'zod'

const flag = z.enum(['yes', 'no'], 'must be yes or no').transform((value) => value === 'yes')

/** Every setting, its default and what it is for. `.env.example` names the same ones; a test compares them. */
export const settings = {
  NODE_ENV: z
    .enum(['production', 'development', 'test'], 'must be production, development or test')
    .default('production'),
  HOST: z.string().min(1, 'must be an address to listen on, for example 127.0.0.1').default('127.0.0.1'),
  PORT: z.coerce
    .number('must be a port number from 0 to 65535')
    .int('must be a whole number')
    .min(0, 'must be a port number from 0 to 65535')
    .max(65535, 'must be a port number from 0 to 65535')
    .default(3000),
  DATA_DIR: z.string().min(1, 'must be a folder').default('data'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://')
    .optional(),
  SESSION_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  SECURE_COOKIES: flag.default(false),
  TRUSTED_PROXIES: z.coerce
    .number('must be 0 to 10')
    .int('must be 0 to 10')
    .min(0, 'must be 0 to 10')
    .max(10, 'must be 0 to 10')
    .default(0),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'], 'must be fatal, error, warn, info, debug or silent')
    .default('info'),
  DEMONSTRATION: flag.default(false),
} as const

const schema = z.object(settings)

export type Config = Readonly<z.output<typeof schema>>

/** A setting that Spona cannot start with: one sentence, naming the variable and why. */
export class UnusableSettingError extends Error {
  constructor(problems: readonly string[]) {
    super(`Spona cannot start: ${problems.join('; ')}. See .env.example.`)
    this.name = 'UnusableSettingError'
  }
}

/** Reads the environment once; empty variables count as not set. Throws UnusableSettingError. */
export function readConfig(environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const result = schema.safeParse(given)
  if (!result.success) {
    throw new UnusableSettingError(result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`))
  }
  return Object.freeze(result.data)
}
