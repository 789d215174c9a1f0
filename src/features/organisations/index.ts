export { companyKinds, type Company, type CompanyKind, type NewCompany } from './company.js'
export { createOrganisationService, type OrganisationService } from './organisation-service.js'
