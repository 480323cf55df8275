import type { CredentialType } from '@battery-passport/contexts'
import type { DecodedDocument } from './decoded-document.ts'
import type { Limits } from './limits.ts'
import { isOfType, type SecuredCredential } from './secured-credential.ts'

/** The credentials at hand, found by what others know of them. */
export interface Documents {
  readonly all: readonly DecodedDocument[]
  /** Ids under which there were more documents than the limit; the others are not looked at. */
  readonly crowded: readonly string[]
  /** Every document with this id, read or not. */
  byId(id: string): readonly DecodedDocument[]
  /** Every readable credential about this subject, whatever its type. */
  bySubject(subject: string): readonly SecuredCredential[]
}

/** The answer where there is nothing: one array, so that two such answers are the same. */
const NONE: readonly never[] = []

/**
 * Sorts the documents of the input once. Documents that say the same are kept once: what can be
 * read stands for a copy that cannot, whichever comes first, and never the other way round. A copy
 * that is too large by its white space has the digest of what can be read: who presents it would
 * hide the newest status list that the caller adds, or spoil what rests on the credential.
 */
export function indexDocuments(all: readonly DecodedDocument[], limits: Limits): Documents {
  const ids = new Map<string, DecodedDocument[]>()
  const subjects = new Map<string, SecuredCredential[]>()
  const kept: DecodedDocument[] = []
  const crowded = new Set<string>()
  const readable = new Set(all.flatMap((each) => (each.ok ? [digestOf(each)] : [])))
  for (const document of all) {
    if (!document.ok && readable.has(document.digestMultibase)) continue
    const id = idOf(document)
    const same = ids.get(id)
    if (same === undefined) ids.set(id, [document])
    else if (same.some((other) => digestOf(other) === digestOf(document))) continue
    else if (same.length === limits.documentsOfOneId) {
      crowded.add(id)
      continue
    } else same.push(document)
    kept.push(document)
    if (!document.ok) continue
    const { secured } = document
    const subject = secured.credential.credentialSubject.id
    const about = subjects.get(subject)
    if (about === undefined) subjects.set(subject, [secured])
    else about.push(secured)
  }
  return {
    all: kept,
    crowded: [...crowded],
    byId: (id) => ids.get(id) ?? NONE,
    bySubject: (subject) => subjects.get(subject) ?? NONE,
  }
}

/**
 * Puts the documents of one input before others that were sorted already: what one index of all of
 * them would answer. Only where they share an id or a subject is it made anew.
 */
export function joinDocuments(
  input: readonly DecodedDocument[],
  others: Documents,
  limits: Limits,
): Documents {
  const own = indexDocuments(input, limits)
  const isShared = (document: DecodedDocument) =>
    others.byId(idOf(document)).length > 0 ||
    (document.ok && others.bySubject(document.secured.credential.credentialSubject.id).length > 0)
  if (own.all.some(isShared)) {
    const whole = indexDocuments([...input, ...others.all], limits)
    return { ...whole, crowded: [...new Set([...whole.crowded, ...others.crowded])] }
  }
  const either = <T>(first: readonly T[], second: readonly T[]) =>
    first.length > 0 ? first : second
  return {
    all: [...own.all, ...others.all],
    crowded: [...own.crowded, ...others.crowded],
    byId: (id) => either(own.byId(id), others.byId(id)),
    bySubject: (subject) => either(own.bySubject(subject), others.bySubject(subject)),
  }
}

/** Every readable credential of a type about a subject. */
export function credentialsAbout<T extends CredentialType>(
  type: T,
  subject: string,
  documents: Documents,
): readonly SecuredCredential<T>[] {
  return documents
    .bySubject(subject)
    .flatMap((secured) => (isOfType(secured, type) ? [secured] : []))
}

/** The digest a document is referred to by. */
export function digestOf(document: DecodedDocument): string {
  return document.ok ? document.secured.digestMultibase : document.digestMultibase
}

function idOf(document: DecodedDocument): string {
  return document.ok ? document.secured.id : document.id
}
