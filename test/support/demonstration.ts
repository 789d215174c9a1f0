import { playStory, signIns } from '../../src/features/demonstration/index.js'
import { dateInBosnia } from '../../src/shared/clock.js'
import { password, startApp, type TestApp } from './app.js'

/** The application with the data of `npm run demo`, its round of today included; everybody signs in with `password`. */
export async function startDemonstration(): Promise<TestApp> {
  const app = await startApp({ isDemonstration: true })
  const { services } = app
  await playStory(
    {
      ...services,
      setNow: (at) => {
        app.setNow(at)
      },
    },
    dateInBosnia(new Date()),
  )
  app.setNow(new Date())
  await Promise.all(Object.values(signIns).map((email) => services.accounts.setPassword(email, password)))
  const national = (await services.accounts.list()).find(({ email }) => email === signIns['national-coordinator'])
  const actor = await services.accounts.actor(national?.id ?? '', national?.version ?? 0)
  if (actor === null) throw new Error('There is no national coordinator')
  const { id } = await services.rounds.start(actor, '')
  await services.roundRunner.perform(id)
  return app
}
