import { type Documents, digestOf } from './documents.ts'

/** Documents that note what they were asked, and what they answered. */
export interface WatchedDocuments {
  readonly documents: Documents
  /** Whether other documents answer everything that was asked so far in the same way. */
  agreesWith(others: Documents): boolean
}

/**
 * Watches what a part of a walk looks up: with the same answers it would come to the same end, so
 * its result may be remembered for other documents that give them.
 */
export function watchDocuments(documents: Documents): WatchedDocuments {
  const ids = new Map<string, ReturnType<Documents['byId']>>()
  const subjects = new Map<string, ReturnType<Documents['bySubject']>>()
  return {
    documents: {
      all: documents.all,
      crowded: documents.crowded,
      byId: (id) => noted(ids, id, documents.byId(id)),
      bySubject: (subject) => noted(subjects, subject, documents.bySubject(subject)),
    },
    agreesWith: (others) =>
      agree(ids, (id) => others.byId(id), digestOf) &&
      agree(
        subjects,
        (subject) => others.bySubject(subject),
        ({ digestMultibase }) => digestMultibase,
      ),
  }
}

function noted<T>(answers: Map<string, T>, question: string, answer: T): T {
  answers.set(question, answer)
  return answer
}

function agree<T>(
  answers: ReadonlyMap<string, readonly T[]>,
  ask: (question: string) => readonly T[],
  digest: (answer: T) => string,
): boolean {
  for (const [question, before] of answers) {
    const now = ask(question)
    if (now === before) continue
    if (now.length !== before.length) return false
    for (const [index, each] of now.entries()) {
      const other = before[index]
      if (other === undefined || digest(each) !== digest(other)) return false
    }
  }
  return true
}
