import type { NavigationEntry } from './web/chrome.js'

/** The entries of the navigation, in their order; each is shown to whoever may open it. */
export const navigation: readonly NavigationEntry[] = [
  { href: '/offers', key: 'navigation.offers', access: 'offers:read' },
  { href: '/needs', key: 'navigation.needs', access: 'needs:read' },
  { href: '/schools', key: 'navigation.schools', access: 'schools:read' },
  { href: '/rounds', key: 'navigation.rounds', access: 'rounds:read' },
  { href: '/matches', key: 'navigation.matches', access: 'matches:read' },
  { href: '/demand', key: 'navigation.demand', access: 'offers:read' },
  { href: '/policies/drafts', key: 'navigation.policy-drafts', access: 'policies:write' },
  { href: '/matches/shared', key: 'navigation.shared', access: 'matches:share' },
]

/** Links at the foot of every page. */
export const footer: readonly { readonly href: string; readonly key: string }[] = [
  { href: '/about', key: 'navigation.about' },
  { href: '/catalogue', key: 'navigation.catalogue' },
  { href: '/equity', key: 'navigation.equity' },
  { href: '/policies', key: 'navigation.policies' },
  { href: '/privacy', key: 'navigation.privacy' },
  { href: '/accessibility', key: 'navigation.accessibility' },
]
