/** An object of JSON from outside, of which nothing is known yet. */
export type Members = Readonly<Record<string, unknown>>

/** The JSON a service sent; undefined when it is none. */
export function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

/** The members of a JSON object; none of anything else. */
export function memberOf(value: unknown): Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {}
}

/** The objects of a JSON array; none of anything else. */
export function list(value: unknown): readonly Members[] {
  return Array.isArray(value) ? value.map(memberOf) : []
}

/** A JSON string; undefined of anything else. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
