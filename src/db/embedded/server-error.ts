/** Names that MongoDB gives to the error codes used here (src/mongo/base/error_codes.yml of MongoDB 7.0). */
const codeNames: Readonly<Record<number, string>> = {
  1: 'InternalError',
  2: 'BadValue',
  9: 'FailedToParse',
  13: 'Unauthorized',
  14: 'TypeMismatch',
  18: 'AuthenticationFailed',
  20: 'IllegalOperation',
  22: 'InvalidBSON',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  50: 'MaxTimeMSExpired',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  56: 'EmptyFieldName',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  68: 'IndexAlreadyExists',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  91: 'ShutdownInProgress',
  112: 'WriteConflict',
  115: 'CommandNotSupported',
  121: 'DocumentValidationFailure',
  146: 'ExceededMemoryLimit',
  171: 'CannotIndexParallelArrays',
  197: 'InvalidIndexSpecificationOption',
  206: 'NoSuchSession',
  225: 'TransactionTooOld',
  238: 'NotImplemented',
  241: 'ConversionFailure',
  246: 'SnapshotUnavailable',
  251: 'NoSuchTransaction',
  256: 'TransactionCommitted',
  257: 'TransactionTooLarge',
  263: 'OperationNotSupportedInTransaction',
  334: 'ClientMetadataCannotBeMutated',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
}

/** A failure that is answered to the client as MongoDB would: `{ ok: 0, errmsg, code, codeName, errorLabels?, ...details }`. */
export class ServerError extends Error {
  readonly code: number
  readonly codeName: string
  readonly labels: readonly string[]
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: number, message: string, labels: readonly string[] = [], details: Record<string, unknown> = {}) {
    super(message)
    this.name = 'ServerError'
    this.code = code
    this.codeName = codeNames[code] ?? `Location${code}`
    this.labels = labels
    this.details = details
  }
}
