/** A Markdown table; cells may hold Markdown, but no line breaks. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`)
    .join('\n')
}

/** Basis points as a percentage: 1250 is `12.5 %`. */
export function percent(basisPoints: number): string {
  return `${basisPoints / 100} %`
}

/** Text as code. */
export function code(text: string): string {
  return `\`${text}\``
}
