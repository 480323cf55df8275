/** How words are set off; without colour every function answers the text as it is. */
export interface Style {
  readonly strong: (text: string) => string
  readonly good: (text: string) => string
  readonly bad: (text: string) => string
  readonly unsure: (text: string) => string
  readonly faint: (text: string) => string
}

/** The style of a terminal, or of plain text. */
export function styleOf(colour: boolean): Style {
  const set = (code: number) => (text: string) =>
    colour ? `\u001b[${code}m${text}\u001b[0m` : text
  return { strong: set(1), good: set(32), bad: set(31), unsure: set(33), faint: set(2) }
}
