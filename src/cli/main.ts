import { loadWords } from '../locales/words.js'
import { ExpectedError } from '../shared/errors.js'
import { sentenceOf } from '../start-failure.js'
import { asUnusableCall } from './call.js'

interface Command {
  readonly usage: string
  readonly summary: string
  /** Arguments after the command's own words → exit code. */
  readonly run: (args: readonly string[]) => Promise<number>
}

/** Each command is loaded when it is called: `match` needs no database, and the others no solver. */
const commands: Readonly<Record<string, Command>> = {
  demo: {
    usage: 'demo',
    summary: 'start Spona with made-up data',
    run: async (args) => (await import('./demo-command.js')).demoCommand(args),
  },
  import: {
    usage: 'import schools FILE.csv',
    summary: 'take a school file into the register, row by row',
    run: async (args) => (await import('./import-command.js')).importCommand(args),
  },
  account: {
    usage: 'account create|list|password',
    summary: 'make accounts, list them, set a new password',
    run: async (args) => (await import('./account-command.js')).accountCommand(args),
  },
  match: {
    usage: 'match',
    summary: 'match needs with offers from files, without a database',
    run: async (args) => (await import('./match-command.js')).matchCommand(args),
  },
  solve: {
    usage: 'solve FILE',
    summary: 'solve a published network problem and prove the answer',
    run: async (args) => (await import('./solve-command.js')).solveCommand(args),
  },
}

const help = (): string =>
  [
    'Usage: npm run cli -- COMMAND [options]',
    '',
    ...Object.values(commands).map(({ usage, summary }) => `  ${usage.padEnd(30)} ${summary}`),
    '',
    'COMMAND --help lists the options of a command.',
    '',
  ].join('\n')

async function run([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(help())
    return name === undefined ? 2 : 0
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) {
    process.stderr.write(`There is no command ${name}; there are ${Object.keys(commands).join(', ')}.\n`)
    return 2
  }
  return command.run(args)
}

/** What a failure is for whoever typed the command: a call or input that cannot be used, a start that failed, a defect. */
function report(error: unknown): number {
  const unusable = asUnusableCall(error)
  if (unusable !== null) {
    process.stderr.write(`${unusable.message}\n`)
    return 2
  }
  if (error instanceof ExpectedError) {
    process.stderr.write(`${loadWords()('en').t(error.words)}\n`)
    return 2
  }
  process.stderr.write(`${sentenceOf(error)}\n`)
  return 1
}

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  process.exitCode = report(error)
}
