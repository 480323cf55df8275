/** Collects the values of an option that may be given several times. */
export function repeated(value: string, before: readonly string[]): readonly string[] {
  return [...before, value]
}

/** What every `--help` ends with; the tests run each line of it. */
export function example(...lines: readonly string[]): string {
  return `\nExample:\n${lines.map((line) => `  ${line}`).join('\n')}`
}
