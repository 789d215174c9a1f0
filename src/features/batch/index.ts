export { readBatch, type BatchFile, type BatchFiles, type BatchInput } from './batch-input.js'
export { planCsv, summaryOf, unmatchedCsv, type BatchOutcome, type BatchSummary } from './batch-plan.js'
export { batchReport } from './batch-report.js'
