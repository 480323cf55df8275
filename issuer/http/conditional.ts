import type { Answer, Call } from './operation.ts'

/**
 * An answer with a strong ETag (RFC 9110 §8.8.3): 304 without a body when the client has it.
 *
 * @param tag what tells this representation from every other: a digest
 */
export function conditional(call: Call, tag: string, answer: Answer): Answer {
  const etag = `"${tag}"`
  const headers = { ...answer.headers, ETag: etag }
  if (!matches(call.header('if-none-match'), etag)) return { ...answer, headers }
  return { status: 304, headers }
}

function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false
  return header.split(',').some((each) => {
    const tag = each.trim()
    return tag === '*' || tag.replace(/^W\//, '') === etag
  })
}
