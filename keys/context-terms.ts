import { pinnedContext } from '@battery-passport/contexts/loader'
import { BoundedCache } from './bounded-cache.ts'

/** How the values of a term become RDF (JSON-LD 1.1 §9.15.1), as far as the pinned contexts need. */
export type TermValue =
  | 'id'
  | 'type'
  /** A node, or a literal of the datatype. */
  | { readonly iri: string; readonly datatype: string; readonly isList: boolean }
  /** A node, or the IRI that the text is. */
  | { readonly iri: string; readonly datatype: '@id'; readonly isList: boolean }
  /** One literal of any JSON. */
  | { readonly iri: string; readonly datatype: '@json'; readonly isList: false }
  /** One of a few words, each an IRI. */
  | { readonly iri: string; readonly words: ReadonlyMap<string, string> }

/** What the keys of an object mean. A key that is missing may still mean something to JSON-LD. */
export type Terms = ReadonlyMap<string, TermValue>

/** The vocabulary of a list of contexts. */
export interface Vocabulary {
  /** The terms of an object that has these types; null when they are not known well enough. */
  termsOf(types: readonly string[]): Terms | null
  /** The IRI of a type, null when it is not known. */
  iriOfType(type: string): string | null
}

type Definitions = ReadonlyMap<string, unknown>

const IRI = /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]*$/i
const XSD = 'http://www.w3.org/2001/XMLSchema#'

/**
 * Reads pinned contexts once, for {@link statementsOf}. What they define in another way than the
 * simplest is left out, and with it every document that uses it: those are the library's to read.
 *
 * @returns null when they are more than definitions of terms
 */
export function vocabularyOf(urls: readonly string[]): Vocabulary | null {
  const base = new Map<string, unknown>()
  for (const url of urls) {
    const { document } = pinnedContext(url)
    if (!isObject(document) || !define(base, document['@context'])) return null
  }
  const known = new BoundedCache<Terms | null>(256)
  return {
    iriOfType: (type) => iriOf(base.get(type)),
    termsOf(types) {
      // Not joined by a space: a text with one would stand for two types, ever after.
      const key = JSON.stringify(types)
      const found = known.get(key)
      if (found !== undefined) return found
      const terms = termsFor(base, types)
      known.set(key, terms)
      return terms
    },
  }
}

/** Adds definitions; false where one says otherwise than before, or something of the whole context. */
function define(definitions: Map<string, unknown>, context: unknown): boolean {
  if (!isObject(context)) return false
  for (const [term, definition] of Object.entries(context)) {
    if (term === '@protected' || term === '@version') continue
    if (term.startsWith('@')) return false
    const before = definitions.get(term)
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(definition)) return false
    definitions.set(term, definition)
  }
  return true
}

/** A type may bring definitions of its own, for its object and not for those inside (§4.1.9). */
function termsFor(base: Definitions, types: readonly string[]): Terms | null {
  const definitions = new Map(base)
  for (const type of types) {
    const definition = base.get(type)
    if (!isObject(definition) || definition['@context'] === undefined) continue
    if (!define(definitions, definition['@context'])) return null
  }
  const terms = new Map<string, TermValue>()
  for (const [term, definition] of definitions) {
    const value = meaningOf(definition, definitions)
    if (value !== null) terms.set(term, value)
  }
  return terms
}

function meaningOf(definition: unknown, definitions: Definitions): TermValue | null {
  if (definition === '@id') return 'id'
  if (definition === '@type') return 'type'
  const iri = iriOf(definition)
  if (iri === null || definitions.has(iri.slice(0, iri.indexOf(':')))) return null
  if (!isObject(definition)) return { iri, datatype: `${XSD}string`, isList: false }
  const { '@type': type, '@container': container, '@context': context } = definition
  const simple = ['@id', '@type', '@container']
  const isSimple = Object.keys(definition).every((member) => simple.includes(member))
  if (type === '@vocab' && container === undefined) return { iri, words: wordsOf(context) }
  if (!isSimple || (container !== undefined && container !== '@list')) return null
  const isList = container === '@list'
  if (type === '@json') return isList ? null : { iri, datatype: '@json', isList }
  if (type === '@id') return { iri, datatype: '@id', isList }
  if (type === undefined) return { iri, datatype: `${XSD}string`, isList }
  // The library reads the text of a double as a number.
  if (typeof type !== 'string' || !IRI.test(type) || type === `${XSD}double`) return null
  return { iri, datatype: type, isList }
}

function wordsOf(context: unknown): ReadonlyMap<string, string> {
  const words = new Map<string, string>()
  for (const [word, definition] of isObject(context) ? Object.entries(context) : []) {
    const iri = iriOf(definition)
    if (!word.startsWith('@') && iri !== null) words.set(word, iri)
  }
  return words
}

function iriOf(definition: unknown): string | null {
  const iri = isObject(definition) ? definition['@id'] : definition
  return typeof iri === 'string' && IRI.test(iri) ? iri : null
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
