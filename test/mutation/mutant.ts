/** One change to a source file that a test ought to notice. */
export interface Mutant {
  /** The file, from the root of the repository. */
  readonly file: string
  /** Which kind of change it is, as `docs/mutation-testing.md` lists them. */
  readonly kind: string
  readonly line: number
  readonly column: number
  /** What stands there, and what stands there instead. */
  readonly was: string
  readonly becomes: string
  /** The same with the lines around it, where `was` stands more than once in a file. */
  readonly lines: { readonly was: string; readonly becomes: string }
  /** Where it stands in the file. */
  readonly start: number
  readonly end: number
  /** The expression or block around it that can be switched as a whole. */
  readonly anchor: Anchor
}

/** What can be replaced as a whole while the program runs: an expression, or what a block holds. */
export interface Anchor {
  readonly form: 'expression' | 'block'
  readonly start: number
  readonly end: number
}

/** The name by which a mutant is known from one run to the next, as long as its file stays as it is. */
export function mutantName({ file, line, column, kind, becomes }: Mutant): string {
  return `${file}:${line}:${column} ${kind} → ${oneLine(becomes)}`
}

/** Source text as one line, cut where it gets long. */
export function oneLine(text: string, length = 80): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > length ? `${line.slice(0, length - 1)}…` : line
}
