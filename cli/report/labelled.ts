/** Names and what they stand for, aligned; nothing is broken, so that ids and paths can be copied. */
export function labelled(pairs: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...pairs.map(([name]) => name.length))
  return pairs.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n')
}
