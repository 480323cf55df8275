import { sha256 } from '@battery-passport/contexts'
import type { RdfTerm, Statement } from './statements.ts'

/**
 * The canonical form of a graph whose blank nodes differ already in what is said of each by itself:
 * of RDFC-1.0 only the hashes of first degree are needed then (§4.4.3, steps 1 to 4). What is beyond
 * that takes work that an attacker can choose, and is the library's.
 *
 * @returns null where two blank nodes are alike, or a statement stands twice
 * @see https://www.w3.org/TR/rdf-canon/#canon-algorithm
 */
export function canonicalForm(statements: readonly Statement[]): string | null {
  const names = canonicalNames(statements)
  if (names === null) return null
  const name = (term: RdfTerm) => (typeof term === 'string' ? term : (names[term] ?? ''))
  const lines = statements.map(({ subject, predicate, object }) =>
    line(name(subject), predicate, name(object)),
  )
  // By UTF-16 code units, as the library does.
  lines.sort()
  return lines.some((each, index) => each === lines[index + 1]) ? null : lines.join('')
}

/** What each blank node is called, by its number: `_:c14n0` is that of the lowest hash. */
function canonicalNames(statements: readonly Statement[]): readonly string[] | null {
  const hashes = firstDegreeHashes(statements)
  const order = [...hashes.keys()].sort((a, b) => ((hashes[a] ?? '') < (hashes[b] ?? '') ? -1 : 1))
  if (order.some((blank, index) => hashes[blank] === hashes[order[index + 1] ?? -1])) return null
  const names: string[] = []
  for (const [index, blank] of order.entries()) names[blank] = `_:c14n${index}`
  return names
}

/** Of each blank node, the hash of its statements, in which it is `_:a` and any other `_:z` (§4.6.3). */
function firstDegreeHashes(statements: readonly Statement[]): readonly string[] {
  const mentions: string[][] = []
  const mention = (blank: RdfTerm, text: string) => {
    if (typeof blank !== 'number') return
    const known = mentions[blank]
    if (known === undefined) mentions[blank] = [text]
    else known.push(text)
  }
  for (const { subject, predicate, object } of statements) {
    const other = (term: RdfTerm) => (typeof term === 'string' ? term : '_:z')
    // None is about itself: a tree has no cycles.
    mention(subject, line('_:a', predicate, other(object)))
    mention(object, line(other(subject), predicate, '_:a'))
  }
  return mentions.map((texts) => {
    // As text of one character a byte, it sorts as the hash written in hexadecimal does.
    return String.fromCharCode(...sha256(texts.sort().join('')))
  })
}

function line(subject: string, predicate: string, object: string): string {
  return `${subject} ${predicate} ${object} .\n`
}
