/** Identifiers are the 24 hexadecimal digits of an ObjectId; everything else in a path is a page that does not exist. */
export const isId = (value: string): boolean => /^[0-9a-f]{24}$/.test(value)
