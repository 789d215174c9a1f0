export type { AuditEntry } from './audit-entry.js'
export { createAuditService, type AuditService, type AuditVerdict } from './audit-service.js'
