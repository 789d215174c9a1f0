// A test run that writes to console.error, or leaves a rejection unhandled, has hidden a failure: make it a failure.
const complaints: string[] = []

console.error = (...parts: unknown[]) => {
  complaints.push(parts.map(String).join(' '))
}
process.on('unhandledRejection', (reason) => {
  complaints.push(`unhandled rejection: ${String(reason)}`)
})

/** How long the process may go on after the last test, in milliseconds: whatever is open then was forgotten. */
const patience = 15_000

export const mochaHooks = {
  afterAll(): void {
    setTimeout(() => {
      process.stderr.write(`The tests left something open: ${process.getActiveResourcesInfo().join(', ')}\n`)
      process.exit(1)
    }, patience).unref()
    if (complaints.length > 0) throw new Error(`The tests wrote to console.error:\n${complaints.join('\n')}`)
  },
}
