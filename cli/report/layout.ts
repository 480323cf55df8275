/** The most columns a report takes. */
export const WIDTH = 100

/** How wide a text shows; what the reports print is plain, so a code point is a column. */
function widthOf(text: string): number {
  return [...text].length
}

/**
 * Breaks text at spaces so that no line is wider than the page; a word that is wider by itself, such
 * as a long id, is cut, so that nothing hostile can draw outside its place.
 *
 * @param first put before the first line
 * @param rest put before every other line; default: as many spaces as `first` is wide
 */
export function wrap(text: string, first = '', rest = ' '.repeat(widthOf(first))): string {
  const lines: string[] = []
  let line = first
  let isEmpty = true
  for (const word of text.split(/ +(?!%)/).flatMap((each) => pieces(each, WIDTH - widthOf(rest)))) {
    if (isEmpty) line += word
    else if (widthOf(line) + 1 + widthOf(word) <= WIDTH) line += ` ${word}`
    else {
      lines.push(line)
      line = rest + word
    }
    isEmpty = false
  }
  return [...lines, line].join('\n')
}

function pieces(word: string, most: number): string[] {
  const letters = [...word]
  if (letters.length <= most) return [word]
  const count = Math.ceil(letters.length / most)
  return Array.from({ length: count }, (_, index) =>
    letters.slice(index * most, (index + 1) * most).join(''),
  )
}

/** Text in at most `most` columns: the middle, where ids differ least, gives way. */
export function shortened(text: string, most: number): string {
  const letters = [...text]
  if (letters.length <= most) return text
  const head = Math.ceil((most - 1) / 2)
  return `${letters.slice(0, head).join('')}…${letters.slice(letters.length - (most - 1 - head)).join('')}`
}

/** A column of a table: its head, and whether its cells are numbers. */
export interface Column {
  readonly head: string
  readonly align?: 'right'
}

/** A table with a line under its head; `indent` spaces stand before every line. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  indent = 2,
): string {
  const widths = columns.map(({ head }, index) =>
    Math.max(widthOf(head), ...rows.map((cells) => widthOf(cells[index] ?? ''))),
  )
  const line = (cells: readonly string[]) =>
    `${' '.repeat(indent)}${columns
      .map(({ align }, index) => {
        const cell = cells[index] ?? ''
        const space = ' '.repeat((widths[index] ?? 0) - widthOf(cell))
        return align === 'right' ? space + cell : cell + space
      })
      .join('  ')}`.trimEnd()
  return [
    line(columns.map(({ head }) => head)),
    line(widths.map((width) => '-'.repeat(width))),
    ...rows.map(line),
  ].join('\n')
}

/** Names and what they stand for, the second column aligned and wrapped. */
export function fields(pairs: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...pairs.map(([name]) => widthOf(name)))
  return pairs
    .map(([name, value]) => wrap(value, `  ${name}${' '.repeat(width - widthOf(name))}  `))
    .join('\n')
}
