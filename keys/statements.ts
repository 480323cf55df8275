import { jcs } from '@battery-passport/contexts'
import type { Terms, TermValue, Vocabulary } from './context-terms.ts'

/** What a statement is about: a blank node by its number, or what N-Quads writes for the rest. */
export type RdfTerm = number | string

/** One RDF statement, in the default graph, its terms as N-Quads writes them. */
export interface Statement {
  readonly subject: RdfTerm
  readonly predicate: string
  readonly object: RdfTerm
}

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const XSD = 'http://www.w3.org/2001/XMLSchema#'
const FIRST = iri(`${RDF}first`)
const REST = iri(`${RDF}rest`)
const NIL = iri(`${RDF}nil`)
const TYPE = iri(`${RDF}type`)
// Without `i`, under which the Kelvin sign and the long s would be letters of a scheme.
// None of what is left out would have to be escaped in N-Quads.
const ABSOLUTE = /^([A-Za-z][A-Za-z0-9+.-]*):[^\s<>"{}|\\^`\p{Cc}\p{Cs}]*$/u

/** Something that this does not read: what it means, the library must say. */
class Unread extends Error {}

/**
 * The RDF statements of a document, read with a vocabulary that was prepared: what jsonld.js does
 * takes longer by an order of magnitude, most of it to copy contexts. Only what is plain is read:
 * terms of the vocabulary, absolute IRIs, text, whole numbers, truth values. Whatever else a
 * document has, a null or a keyword or a second name of a node, it is left to the library, which may
 * refuse it.
 *
 * @param document its `@context` is what the vocabulary was made of
 * @returns null where the library must be asked
 */
export function statementsOf(
  document: Readonly<Record<string, unknown>>,
  vocabulary: Vocabulary,
): readonly Statement[] | null {
  const { '@context': _, ...members } = document
  const reader = new StatementReader(vocabulary)
  try {
    reader.node(members)
    return reader.statements
  } catch {
    // Also what has no canonical JSON.
    return null
  }
}

class StatementReader {
  readonly statements: Statement[] = []
  readonly #vocabulary: Vocabulary
  #blanks = 0

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary
  }

  node(members: Readonly<Record<string, unknown>>): RdfTerm {
    const types = this.#typesOf(members)
    const classes = types.map((type) => this.#classOf(type))
    const terms = this.#vocabulary.termsOf(types)
    if (terms === null) throw new Unread()
    const { id } = members
    const subject = id === undefined ? this.#blank() : absolute(id, terms)
    for (const each of classes) this.#state(subject, TYPE, each)
    let count = 0
    for (const [key, value] of Object.entries(members)) {
      const term = terms.get(key)
      if (term === undefined || value === null || value === undefined) throw new Unread()
      if (term === 'id' || term === 'type') {
        if (key !== term) throw new Unread()
        continue
      }
      count += 1
      this.#values(subject, term, value, terms)
    }
    // A node of which nothing is said may be dropped or stay, by where it stands.
    if (count === 0) throw new Unread()
    return subject
  }

  #typesOf({ type = [] }: Readonly<Record<string, unknown>>): readonly string[] {
    const types: readonly unknown[] = Array.isArray(type) ? type : [type]
    return types.map((each) => {
      if (typeof each !== 'string') throw new Unread()
      return each
    })
  }

  #classOf(type: string): string {
    const value = this.#vocabulary.iriOfType(type)
    if (value === null) throw new Unread()
    return iri(value)
  }

  #values(subject: RdfTerm, term: Exclude<TermValue, string>, value: unknown, terms: Terms): void {
    const predicate = iri(term.iri)
    if ('words' in term) {
      const word = typeof value === 'string' ? term.words.get(value) : undefined
      if (word === undefined) throw new Unread()
      this.#state(subject, predicate, iri(word))
    } else if (term.datatype === '@json') {
      const text = jcs(value)
      // No text has an unescaped quote: this is a key, and a context must not stand anywhere.
      if (text.includes('"@context":')) throw new Unread()
      this.#state(subject, predicate, literal(text, `${RDF}JSON`))
    } else {
      const items: readonly unknown[] = Array.isArray(value) ? value : [value]
      const objects = items.map((item) => this.#object(item, term.datatype, terms))
      if (term.isList) this.#state(subject, predicate, this.#list(objects))
      else for (const object of objects) this.#state(subject, predicate, object)
    }
  }

  #object(value: unknown, datatype: string, terms: Terms): RdfTerm {
    if (typeof value === 'string') {
      return datatype === '@id' ? absolute(value, terms) : literal(value, datatype)
    }
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      const members: Readonly<Record<string, unknown>> = { ...value }
      const [only, ...others] = Object.keys(members)
      // A reference, about which nothing is said here.
      if (only === 'id' && others.length === 0) return absolute(members.id, terms)
      return this.node(members)
    }
    if (datatype !== `${XSD}string`) throw new Unread()
    if (typeof value === 'boolean') return literal(String(value), `${XSD}boolean`)
    if (typeof value === 'number' && Number.isSafeInteger(value) && !Object.is(value, -0)) {
      return literal(String(value), `${XSD}integer`)
    }
    throw new Unread()
  }

  #list(objects: readonly RdfTerm[]): RdfTerm {
    let rest: RdfTerm = NIL
    for (const object of [...objects].reverse()) {
      const cell = this.#blank()
      this.#state(cell, FIRST, object)
      this.#state(cell, REST, rest)
      rest = cell
    }
    return rest
  }

  #state(subject: RdfTerm, predicate: string, object: RdfTerm): void {
    this.statements.push({ subject, predicate, object })
  }

  #blank(): number {
    return this.#blanks++
  }
}

/** An IRI as it stands; one that begins with a term and a colon, the library may complete. */
function absolute(value: unknown, terms: Terms): string {
  const scheme = typeof value === 'string' ? ABSOLUTE.exec(value)?.[1] : undefined
  if (scheme === undefined || terms.has(scheme)) throw new Unread()
  return iri(String(value))
}

function iri(value: string): string {
  return `<${value}>`
}

/** What may not stand for itself in N-Quads. */
const ESCAPED = /["\\\p{Cc}]/u
/** What JSON writes in another way than the canonical form of N-Quads, or may. */
const OTHERWISE = /\\u|\p{Cc}/u

/** A literal as RDFC-1.0 §A writes it; where JSON escapes the same, it is left to the language. */
function literal(value: string, datatype: string): string {
  let text = `"${value}"`
  if (ESCAPED.test(value)) {
    text = JSON.stringify(value)
    if (OTHERWISE.test(text)) text = `"${value.replace(/["\\\p{Cc}]/gu, escaped)}"`
  }
  return datatype === `${XSD}string` ? text : `${text}^^<${datatype}>`
}

const LETTERS: ReadonlyMap<string, string> = new Map([
  ['\b', 'b'],
  ['\t', 't'],
  ['\n', 'n'],
  ['\f', 'f'],
  ['\r', 'r'],
  ['"', '"'],
  ['\\', '\\'],
])

function escaped(character: string): string {
  const letter = LETTERS.get(character)
  if (letter !== undefined) return `\\${letter}`
  const code = character.charCodeAt(0)
  if (code > 0x7f) return character
  return `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`
}
