import type { Match } from '../../src/features/matches/match.js'

/** A dull match of an office in the Una-Sana canton; say what matters. */
export const aMatch = (facts: Partial<Match> = {}): Match => ({
  id: '1'.repeat(24),
  roundId: '2'.repeat(24),
  state: 'proposed',
  offerId: '3'.repeat(24),
  offerTitle: 'Laptops for schools',
  offerKind: 'DEV-LAPTOP',
  companyId: '4'.repeat(24),
  company: 'Iskra',
  needId: '5'.repeat(24),
  kind: 'DEV-LAPTOP',
  category: 'devices',
  schoolId: '6'.repeat(24),
  school: 'PŠ Vrtoče',
  centralSchoolId: '7'.repeat(24),
  authority: 'USK',
  municipality: 'bosanski-petrovac',
  tier: 1,
  quantity: 5,
  reason: { key: 'matches.title' },
  alternatives: [],
  history: [],
  createdAt: new Date('2026-11-20T08:00:00Z'),
  updatedAt: new Date('2026-11-20T08:00:00Z'),
  ...facts,
})
