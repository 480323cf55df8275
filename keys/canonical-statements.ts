import { CONTEXTS } from '@battery-passport/contexts'
import { canonicalForm } from './canonical-form.ts'
import { type Vocabulary, vocabularyOf } from './context-terms.ts'
import { statementsOf } from './statements.ts'

let vocabulary: Vocabulary | null | undefined

/**
 * The canonical form (RDFC-1.0) of a document with the contexts of the profile, byte for byte as
 * jsonld.js and rdf-canonize make it, or null where they must be asked: for another context, for
 * what {@link statementsOf} does not read, and where blank nodes cannot be told apart by their own
 * statements.
 */
export function canonicalStatements(document: object): string | null {
  const members: Readonly<Record<string, unknown>> = { ...document }
  if (!hasContextsOfProfile(members['@context'])) return null
  vocabulary ??= vocabularyOf(CONTEXTS)
  const statements = vocabulary === null ? null : statementsOf(members, vocabulary)
  return statements === null ? null : canonicalForm(statements)
}

function hasContextsOfProfile(contexts: unknown): boolean {
  return (
    Array.isArray(contexts) &&
    contexts.length === CONTEXTS.length &&
    CONTEXTS.every((url, index) => contexts[index] === url)
  )
}
