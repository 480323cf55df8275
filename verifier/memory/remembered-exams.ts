import { isClean } from '../findings/findings.ts'
import type { Inquiry } from '../inquiry.ts'
import { type Attestation, type Custody, isOfType } from '../reading/secured-credential.ts'
import { examineAttestation } from '../statements/attestation.ts'
import type { AttestationExam } from '../statements/attestation-exam.ts'
import { examineCustody } from '../statements/custody.ts'
import type { CustodyExam } from '../statements/custody-exam.ts'
import type { Examiners } from '../statements/examiners.ts'
import { inForce } from '../time/validity.ts'
import type { RememberedExams } from './memory.ts'
import type { PassportExams } from './passport-exams.ts'
import { type WatchedDocuments, watchDocuments } from './watched-documents.ts'
import { type WatchedResolver, watchResolver } from './watched-resolver.ts'
import { type WatchedSeen, watchSeen } from './watched-seen.ts'
import { type WatchedTimes, watchTimes } from './watched-times.ts'

/** What makes an exam of an attestation within a passport. */
export type ExaminersOf = (inquiry: Inquiry) => Examiners

/** Everything that a passport rests on and that is at hand. */
export interface StatementSet {
  readonly attestations: readonly Attestation[]
  readonly custody: readonly Custody[]
}

/**
 * Examines the attestations of a passport. The batteries of a series rest on the same ones: what was
 * found good is remembered for the same instants, the same identities in force and the same party,
 * as long as everything that was looked up is still answered by the same bytes, every DID by the
 * same document, no newer edition of a status list was seen, and timestamps prove as much. Anything
 * else is examined anew.
 *
 * @param instant when identities must have been in force: the signing of the passport
 */
export async function examineSet(
  statements: StatementSet,
  instant: number,
  inquiry: Inquiry,
  examinersOf: ExaminersOf,
): Promise<PassportExams> {
  const { memory, documents, resolver, seen, times } = inquiry
  const key = keyOf(statements, instant, inquiry, examinersOf(inquiry))
  const known = memory.exams.get(key)
  if (known !== undefined && (await known.agreesWith({ documents, resolver, seen, times }))) {
    return known.exams
  }
  const watched = watchDocuments(documents)
  const asked = watchResolver(resolver)
  const told = watchSeen(seen)
  const proven = watchTimes(times)
  const within = {
    ...inquiry,
    documents: watched.documents,
    resolver: asked.resolver,
    seen: told.seen,
    times: proven.times,
    // What was found before this, with nobody watching, is found again.
    authentications: new Map(),
  }
  const examiners = examinersOf(within)
  const attestations: AttestationExam[] = []
  for (const attestation of statements.attestations) {
    attestations.push(await examineAttestation(attestation, within, examiners))
  }
  const custody: CustodyExam[] = []
  for (const each of statements.custody) {
    custody.push(await examineCustody(each, statements.attestations, within, examiners))
  }
  const exams = { attestations, custody }
  if ([...attestations, ...custody].every(({ findings }) => isClean(findings))) {
    memory.exams.set(key, { exams, agreesWith: agreement(watched, asked, told, proven) })
  }
  return exams
}

function agreement(
  { agreesWith: ofDocuments }: WatchedDocuments,
  { agreesWith: ofResolver }: WatchedResolver,
  { agreesWith: ofSeen }: WatchedSeen,
  { agreesWith: ofTimes }: WatchedTimes,
): RememberedExams['agreesWith'] {
  return async ({ documents, resolver, seen, times }) =>
    ofDocuments(documents) && ofSeen(seen) && ofTimes(times) && ofResolver(resolver)
}

/**
 * Everything an exam depends on besides policy and methods, which a memory never outlives, and what
 * documents, resolver, timestamps and the lists seen before answer, which `agreesWith` asks.
 */
function keyOf(
  { attestations, custody }: StatementSet,
  instant: number,
  { at, now, documents }: Inquiry,
  { passportIssuer }: Examiners,
): string {
  const identities = documents.all.map((document) =>
    document.ok &&
    isOfType(document.secured, 'RegisteredIdentity') &&
    inForce(document.secured.validity, instant)
      ? document.secured.digestMultibase
      : '',
  )
  const issuer =
    passportIssuer === null
      ? []
      : [
          passportIssuer.did,
          ...passportIssuer.leis,
          '',
          ...passportIssuer.parents,
          String(passportIssuer.proven),
        ]
  return JSON.stringify([
    at,
    now,
    identities.filter(Boolean),
    issuer,
    attestations.map(({ digestMultibase }) => digestMultibase),
    custody.map(({ digestMultibase }) => digestMultibase),
  ])
}
