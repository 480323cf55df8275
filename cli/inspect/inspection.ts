/** What a file holds, as it says itself. */
export interface Inspection {
  /** What it is, in words. */
  readonly kind: string
  /** What it says of itself. */
  readonly facts: readonly (readonly [name: string, value: string])[]
  /** What would stand against it whatever it says: its form. */
  readonly faults: readonly InspectedFault[]
  /** The credentials in a presentation. */
  readonly contents?: readonly Inspection[]
}

/** One fault of the form of a file. */
export interface InspectedFault {
  readonly code: string
  /** RFC 6901, from the root of the file. */
  readonly pointer: string
  readonly detail: string
  readonly expected?: string
  readonly found?: string
}
