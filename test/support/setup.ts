// A test run that writes to console.error, or leaves a rejection unhandled, has hidden a failure: make it a failure.
const complaints: string[] = []

console.error = (...parts: unknown[]) => {
  complaints.push(parts.map(String).join(' '))
}
process.on('unhandledRejection', (reason) => {
  complaints.push(`unhandled rejection: ${String(reason)}`)
})

export const mochaHooks = {
  afterAll(): void {
    if (complaints.length > 0) throw new Error(`The tests wrote to console.error:\n${complaints.join('\n')}`)
  },
}
