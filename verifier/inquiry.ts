import type { CredentialType } from '@battery-passport/contexts'
import type { Resolver } from '@battery-passport/keys'
import type { DecodedDocument } from './decoded-document.ts'
import type { Limits } from './limits.ts'
import type { Memory } from './memory.ts'
import type { EffectivePolicy } from './policy.ts'
import { isOfType, type SecuredCredential } from './secured-credential.ts'
import type { Authenticity } from './signer-judgement.ts'

/** Tells the time: whole seconds since the epoch. The verifier never asks the system. */
export interface Clock {
  now(): number
}

/** Everything one verification asks of: the documents, the policy and the instants. */
export interface Inquiry {
  readonly policy: EffectivePolicy
  /** The instant asked for. */
  readonly at: number
  /** The real clock; status lists later than `at` are tested against it. */
  readonly now: number
  readonly resolver: Resolver
  readonly memory: Memory
  /** What step 3 has found in this verification, by digest and instant. */
  readonly authentications: Map<string, Promise<Authenticity>>
  readonly documents: Documents
}

/** The credentials at hand, found by what others know of them. */
export interface Documents {
  readonly all: readonly DecodedDocument[]
  /** Ids under which there were more documents than the limit; the others are not looked at. */
  readonly crowded: readonly string[]
  /** Every document with this id, read or not. */
  byId(id: string): readonly DecodedDocument[]
  /** Every readable credential of a type about this subject. */
  about<T extends CredentialType>(type: T, subject: string): readonly SecuredCredential<T>[]
}

/** Sorts the documents of the input once. Documents with the same bytes are kept once. */
export function indexDocuments(all: readonly DecodedDocument[], limits: Limits): Documents {
  const ids = new Map<string, DecodedDocument[]>()
  const subjects = new Map<string, SecuredCredential[]>()
  const kept: DecodedDocument[] = []
  const crowded = new Set<string>()
  for (const document of all) {
    const id = document.ok ? document.secured.id : document.id
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
    byId: (id) => ids.get(id) ?? [],
    about: (type, subject) =>
      (subjects.get(subject) ?? []).flatMap((secured) =>
        isOfType(secured, type) ? [secured] : [],
      ),
  }
}

/** The digest a document is referred to by. */
export function digestOf(document: DecodedDocument): string {
  return document.ok ? document.secured.digestMultibase : document.digestMultibase
}
