/** What a school unit teaches; an offer may be meant for one of them. */
export const levels = ['primary', 'secondary'] as const
export type Level = (typeof levels)[number]
