import type { Actor, Role } from './actor.js'

/** What pages and operations ask for. One word for the thing, one for the act. */
export const permissions = [
  'offers:read',
  'offers:write',
  'needs:read',
  'needs:write',
  'schools:read',
  'rounds:read',
  'rounds:run',
  'matches:read',
  'matches:decide',
  'policies:write',
  'matches:decline',
  'matches:share',
] as const
export type Permission = (typeof permissions)[number]

const granted: Readonly<Record<Role, readonly Permission[]>> = {
  company: ['offers:read', 'offers:write', 'matches:read', 'matches:decline'],
  school: ['needs:read', 'needs:write', 'schools:read', 'matches:read', 'matches:decline'],
  coordinator: [
    'offers:read',
    'needs:read',
    'schools:read',
    'rounds:read',
    'rounds:run',
    'matches:read',
    'matches:decide',
  ],
  'national-coordinator': [
    'offers:read',
    'needs:read',
    'schools:read',
    'rounds:read',
    'rounds:run',
    'matches:read',
    'policies:write',
    'matches:share',
  ],
  administrator: ['offers:read', 'needs:read', 'schools:read', 'rounds:read', 'matches:read'],
}

/** Whether the role of this person opens the door at all; which records they see is decided by each service. */
export const mayUse = (actor: Actor, permission: Permission): boolean => granted[actor.role].includes(permission)
