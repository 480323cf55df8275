export { checkReceipt, type ReceiptCheck, type ReceiptQuestion } from './check-receipt.ts'
export { issueReceipt, type ReceiptRequest, type SignedReceipt } from './issue-receipt.ts'
export { type ReceiptReading, readReceipt } from './read-receipt.ts'
export type { ReceiptExpectations, ReceiptFinding } from './receipt-findings.ts'
