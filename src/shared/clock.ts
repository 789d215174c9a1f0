/** The time is given, never taken: tests set it, and a round is reproducible. */
export type Clock = () => Date

export const systemClock: Clock = () => new Date()

const calendar = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/Sarajevo', dateStyle: 'short' })

/** Calendar date in Bosnia and Herzegovina, as ISO `yyyy-mm-dd`: a validity ends there at midnight, not in Greenwich. */
export const dateInBosnia = (at: Date): string => calendar.format(at)

const hours = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Sarajevo', timeStyle: 'short' })

/** Time of day in Bosnia and Herzegovina, `14:05`. */
export const timeInBosnia = (at: Date): string => hours.format(at)
