/**
 * The helpers of every template: pure, generic, without HTML. Only `t` (words) is added where the language is known.
 *
 * Templates are compiled `strict`: `{{text}}` throws when the model has no text. Arguments of helpers do not: an optional
 * parameter is read as `{{#if hint}}`, `{{default value ""}}` or, below an optional parent, `(lookup hint "text")`.
 * With `explicitPartialContext` a partial sees what it is given and nothing else of its caller.
 */
export const templateOptions = { strict: true, explicitPartialContext: true, preventIndent: true } as const

type Helper = (...args: readonly unknown[]) => unknown

/** Handlebars adds its own options after the arguments that the template wrote. */
const written = (args: readonly unknown[]): readonly unknown[] => args.slice(0, -1)

const isGiven = (value: unknown): boolean => value !== undefined && value !== null

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const ownValue = (from: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return key === 'length' ? value.length : undefined
    return isMap(value) && Object.hasOwn(value, key) ? value[key] : undefined
  }, from)

const isTruthy = (value: unknown): boolean => (Array.isArray(value) ? value.length > 0 : Boolean(value))

export const templateHelpers: Readonly<Record<string, Helper>> = {
  eq: (a, b) => a === b,
  not: (value) => !isTruthy(value),
  /** The last value when all are true, else the first that is not, as `&&`. */
  and: (...args) => {
    const values = written(args)
    return values.find((value) => !isTruthy(value)) ?? (values.every(isTruthy) ? values.at(-1) : undefined)
  },
  /** The first value that is true, else the last, as `||`. */
  or: (...args) => written(args).find(isTruthy) ?? written(args).at(-1),
  /** The value, or the fallback when there is none; false, 0 and '' are values. */
  default: (value, fallback) => (isGiven(value) ? value : fallback),
  given: isGiven,
  isMap,
  /** Whether a list has the value, or a text has it as a part. */
  includes: (within, value) =>
    typeof within === 'string' ? within.includes(String(value)) : Array.isArray(within) && within.includes(value),
  /** Whether some member is true, or has something true at the path: `(some rows "actions.items.length")`. */
  some: (list, path) =>
    Array.isArray(list) && list.some((member) => isTruthy(typeof path === 'string' ? ownValue(member, path) : member)),
  /** All values in one word; those that are missing, null or false are left out. */
  concat: (...args) =>
    written(args)
      .filter((value) => isGiven(value) && value !== false)
      .map(String)
      .join(''),
  /** Space-separated tokens, as class and aria-describedby have them; false values are left out. */
  tokens: (...args) => written(args).filter(isTruthy).map(String).join(' '),
  /** The id of a group's member: the first has the group's own, so that an error can link to it. */
  numbered: (id, index) => (typeof index === 'number' && index > 0 ? `${String(id)}-${index + 1}` : id),
}
