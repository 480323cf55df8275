import type { DecodedDocument } from '../reading/decoded-document.ts'
import { type Documents, digestOf } from '../reading/documents.ts'
import type { SecuredCredential } from '../reading/secured-credential.ts'

/** Documents that note what they were asked, and what they answered. */
export interface WatchedDocuments {
  readonly documents: Documents
  /** Whether other documents answer everything that was asked so far in the same way. */
  agreesWith(others: Documents): boolean
}

/** What was answered to each question: in order, what stands for each document. */
type Answers = Map<string, readonly string[]>

/**
 * Watches what a part of a walk looks up: with the same answers it would come to the same end, so
 * its result may be remembered for other documents that give them.
 */
export function watchDocuments(documents: Documents): WatchedDocuments {
  const ids: Answers = new Map()
  const subjects: Answers = new Map()
  return {
    documents: {
      all: documents.all,
      crowded: documents.crowded,
      byId: (id) => noted(ids, id, documents.byId(id), nameOfDocument),
      bySubject: (subject) => noted(subjects, subject, documents.bySubject(subject), nameOf),
    },
    agreesWith: agreement(ids, subjects),
  }
}

/** Made apart from the documents, so that to remember it is not to remember them. */
function agreement(ids: Answers, subjects: Answers): WatchedDocuments['agreesWith'] {
  return (others) =>
    agree(ids, (id) => others.byId(id), nameOfDocument) &&
    agree(subjects, (subject) => others.bySubject(subject), nameOf)
}

function noted<T>(
  answers: Answers,
  question: string,
  answer: readonly T[],
  name: (document: T) => string,
): readonly T[] {
  if (!answers.has(question)) answers.set(question, answer.map(name))
  return answer
}

function agree<T>(
  answers: Answers,
  ask: (question: string) => readonly T[],
  name: (document: T) => string,
): boolean {
  for (const [question, before] of answers) {
    const now = ask(question)
    if (now.length !== before.length) return false
    if (now.some((each, index) => name(each) !== before[index])) return false
  }
  return true
}

/**
 * The digest alone does not tell a document that was read from one that was not: the same
 * credential, written with more white space than the limit of its size allows, has the same.
 */
function nameOfDocument(document: DecodedDocument): string {
  return document.ok ? nameOf(document.secured) : `not read: ${digestOf(document)}`
}

function nameOf({ digestMultibase }: SecuredCredential): string {
  return digestMultibase
}
