import { Agenda, InMemoryNotificationChannel, type Job } from 'agenda'
import { MongoBackend } from '@agendajs/mongo-backend'
import type { Connection } from 'mongoose'

type Work = (subject: string) => Promise<void>

/** Things that are done later, by whichever process is there, and by another one when that dies in the middle. */
export interface Jobs {
  /** Says how jobs of this name are done. The work has to bear being begun again: it is, after a crash. */
  define(name: string, work: Work): void
  /** Asks for the job to be done soon; asking twice for the same subject while it waits or runs is asking once. */
  request(name: string, subject: string): Promise<void>
  /** Has the job done again and again, with nothing as its subject; `every` is a time in words, `1 hour`. */
  repeat(name: string, every: string): Promise<void>
  /** From now on this process does jobs. */
  start(): Promise<void>
  stop(): Promise<void>
}

interface Subject {
  readonly subject: string
}

const collection = 'jobs'
/** A job whose process gave no sign of life for so long is done by another one; milliseconds. */
const lockLifetime = 10_000
const heartbeat = 2_500
const pollEvery = 5_000

interface Settings {
  readonly onError: (error: Error) => void
  /** No other process can be at work on this database: what is locked at the start was left by one that died. */
  readonly isAlone: boolean
}

export function createJobs(connection: Connection, { onError, isAlone }: Settings): Jobs {
  const works = new Map<string, Work>()
  let agenda: Agenda | undefined

  /** Made when it is first needed: making it already talks to the database. */
  const made = (): Agenda => {
    if (agenda !== undefined) return agenda
    if (connection.db === undefined) throw new Error('Jobs need an open connection')
    agenda = new Agenda({
      backend: new MongoBackend({ mongo: connection.db, collection }),
      notificationChannel: new InMemoryNotificationChannel(),
      processEvery: pollEvery,
      maxConcurrency: 4,
      defaultConcurrency: 1,
      defaultLockLifetime: lockLifetime,
      removeOnComplete: true,
    })
    agenda.on('error', onError)
    for (const [name, work] of works) {
      agenda.define<Subject>(name, (job) => doWhileAlive(job, work), { lockLimit: 1 })
    }
    return agenda
  }

  return {
    define(name, work) {
      works.set(name, work)
    },
    async request(name, subject) {
      const job = made().create<Subject>(name, { subject })
      await job.unique({ 'data.subject': subject }, { insertOnly: true }).schedule(new Date()).save()
    },
    async repeat(name, every) {
      await made().every(every, name, { subject: '' } satisfies Subject, { skipImmediate: true })
    },
    async start() {
      const starting = made()
      await starting.ready
      if (isAlone)
        await connection
          .collection(collection)
          .updateMany({ lockedAt: { $ne: null } }, { $set: { lockedAt: new Date(0) } })
      await starting.start()
    },
    async stop() {
      await agenda?.stop()
      agenda = undefined
    },
  }
}

async function doWhileAlive(job: Job<Subject>, work: Work): Promise<void> {
  const beat = setInterval(() => {
    // A beat that fails is a beat that is missing: the next one tries again.
    job.touch().catch(() => undefined)
  }, heartbeat)
  try {
    await work(job.attrs.data.subject)
  } finally {
    clearInterval(beat)
  }
}
