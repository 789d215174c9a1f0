export { comparisonSentence, comparisonView, signed, type ComparisonWords } from './comparison-views.js'
