import { type Mutant, oneLine } from './mutant.ts'

/** A mutant of which a page says why no test can notice it. */
export interface Explained {
  is(mutant: Mutant): boolean
  readonly text: string
}

/**
 * The rows `| file | what stands there | what stands instead | why |` of a page, the middle two in
 * code marks, either alone or with the whole lines around it, where it stands in more than one place.
 * They do not name the numbers of lines, so that a file may grow above them.
 */
export function explainedIn(page: string): readonly Explained[] {
  const rows = page.matchAll(/^\| `([^`]+\.ts)` \| ``? ?(.+?) ?``? \| ``? ?(.+?) ?``? \| .+ \|$/gm)
  return [...rows].map(([row, file, was = '', becomes = '']) => ({
    text: row,
    is: (mutant) =>
      mutant.file === file &&
      [mutant, mutant.lines].some(
        (change) => cell(change.was) === was && cell(change.becomes) === becomes,
      ),
  }))
}

/** Source text as it stands in a cell of a table. */
export function cell(text: string): string {
  return oneLine(text, 200).replaceAll('|', '\\|')
}
