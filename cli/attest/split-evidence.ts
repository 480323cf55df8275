/**
 * The evidence a cell names: separated by `|`, or by spaces. A name with spaces in it is understood
 * when it is the whole of what stands between two `|`.
 *
 * @param known the files and keys that are given
 */
export function splitEvidence(cell: string, known: ReadonlySet<string>): string[] {
  if (known.has(cell)) return [cell]
  const names = cell
    .split('|')
    .map((part) => part.trim())
    .flatMap((part) => (cell.includes('|') || known.has(part) ? [part] : part.split(/\s+/)))
    .filter((part) => part !== '')
  return [...new Set(names)]
}
