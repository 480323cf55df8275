/**
 * jsonld.js looks identifiers up in ordinary objects. An identifier `__proto__` then writes to
 * `Object.prototype` of the whole process, and `toString` to a global function: one small document
 * would break every later verification.
 */
const FORBIDDEN: ReadonlySet<string> = new Set([
  '__proto__',
  ...Object.getOwnPropertyNames(Object.prototype),
])

/** A key or string value that must not reach a JSON-LD processor, or null when there is none. */
export function forbiddenValue(document: unknown): string | null {
  const waiting: unknown[] = [document]
  while (waiting.length > 0) {
    const value = waiting.pop()
    if (typeof value === 'string' && FORBIDDEN.has(value)) return value
    if (typeof value !== 'object' || value === null) continue
    for (const [key, member] of Object.entries(value)) {
      if (FORBIDDEN.has(key)) return key
      waiting.push(member)
    }
  }
  return null
}
