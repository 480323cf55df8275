import assert from 'node:assert/strict'

/** Exactly one JSON object, as `--json` prints it. */
export function parseJson(text: string): Readonly<Record<string, unknown>> {
  const value: unknown = JSON.parse(text)
  assert.ok(value !== null && typeof value === 'object' && !Array.isArray(value))
  return { ...value }
}
