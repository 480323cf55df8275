const REASON = /^\P{C}{1,500}$/u

/** Whether a reason can be kept: one line that the log holds and is read again with. */
export function isReason(text: string): boolean {
  return REASON.test(text)
}
