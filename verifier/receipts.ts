export { checkReceipt, type ReceiptCheck, type ReceiptQuestion } from './receipt/check-receipt.ts'
export { issueReceipt, type ReceiptRequest, type SignedReceipt } from './receipt/issue-receipt.ts'
export { type ReceiptReading, readReceipt } from './receipt/read-receipt.ts'
export type { ReceiptExpectations, ReceiptFinding } from './receipt/receipt-findings.ts'
