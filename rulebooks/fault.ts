/** One thing wrong with a document, and how to mend it. */
export interface Fault {
  /** RFC 6901, from the root of the document that was given. */
  readonly pointer: string
  readonly expected: string
  readonly found: string
  readonly detail: string
  readonly remedy: string
}
