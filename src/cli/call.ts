/** A call that cannot be understood: one line for whoever typed it, exit code 2. */
export class UnusableCall extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UnusableCall'
  }
}

/** `parseArgs` marks what it cannot read; its first sentence says which word. */
export function asUnusableCall(error: unknown): UnusableCall | null {
  if (error instanceof UnusableCall) return error
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null
  if (!error.code.startsWith('ERR_PARSE_ARGS')) return null
  return new UnusableCall(error.message.split(/(?<=\.) |\n/)[0] ?? error.message)
}
