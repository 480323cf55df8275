import { jcs } from '@battery-passport/contexts'
import type { Terms, TermValue, Vocabulary } from './context-terms.ts'

/** A term of RDF as rdf-canonize has it. */
export type RdfTerm =
  | { readonly termType: 'NamedNode' | 'BlankNode'; readonly value: string }
  | {
      readonly termType: 'Literal'
      readonly value: string
      readonly datatype: { readonly termType: 'NamedNode'; readonly value: string }
    }

/** One RDF statement, in the default graph. */
export interface Statement {
  readonly subject: RdfTerm
  readonly predicate: RdfTerm
  readonly object: RdfTerm
  readonly graph: { readonly termType: 'DefaultGraph'; readonly value: '' }
}

const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'
const XSD = 'http://www.w3.org/2001/XMLSchema#'
const GRAPH = { termType: 'DefaultGraph', value: '' } as const
const FIRST = iri(`${RDF}first`)
const REST = iri(`${RDF}rest`)
const NIL = iri(`${RDF}nil`)
const TYPE = iri(`${RDF}type`)
// Without `i`, under which the Kelvin sign and the long s would be letters of a scheme.
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
  readonly #seen = new Set<string>()
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

  #classOf(type: string): RdfTerm {
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
      this.#state(subject, predicate, literal(jcs(value), `${RDF}JSON`))
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

  /** Twice the same is one statement, but the library may count otherwise. */
  #state(subject: RdfTerm, predicate: RdfTerm, object: RdfTerm): void {
    if (subject.termType === 'NamedNode' || object.termType !== 'BlankNode') {
      const datatype = object.termType === 'Literal' ? object.datatype.value : object.termType
      const key = JSON.stringify([subject, predicate.value, object.value, datatype])
      if (this.#seen.has(key)) throw new Unread()
      this.#seen.add(key)
    }
    this.statements.push({ subject, predicate, object, graph: GRAPH })
  }

  #blank(): RdfTerm {
    return { termType: 'BlankNode', value: `b${this.#blanks++}` }
  }
}

/** An IRI as it stands; one that begins with a term and a colon, the library may complete. */
function absolute(value: unknown, terms: Terms): RdfTerm {
  const scheme = typeof value === 'string' ? ABSOLUTE.exec(value)?.[1] : undefined
  if (scheme === undefined || terms.has(scheme)) throw new Unread()
  return iri(String(value))
}

function iri(value: string): RdfTerm & { readonly termType: 'NamedNode' | 'BlankNode' } {
  return { termType: 'NamedNode', value }
}

function literal(value: string, datatype: string): RdfTerm {
  return { termType: 'Literal', value, datatype: { termType: 'NamedNode', value: datatype } }
}
