import type { LoadedMethod } from '@battery-passport/rulebooks'
import { type Finding, finding } from '../findings/findings.ts'
import type { Custody } from '../reading/secured-credential.ts'
import { periodAgeFindings } from '../time/period.ts'
import { repetitionFindings } from './repetition.ts'
import { rowKey } from './share-assurance.ts'
import { expectedId, productionWindowFindings } from './subject.ts'
import type { UnscoredPassport } from './unscored-passport.ts'

/**
 * Step 8 for custody attestations: each is about this model or batch of this manufacturer, made in
 * its window, recent enough for the method, and assures a row of this supply chain; no row is
 * assured by two.
 *
 * @param method null where it is not known: what depends on it is not judged
 */
export function custodyBindingFindings(
  passport: UnscoredPassport,
  custody: readonly Custody[],
  method: LoadedMethod | null,
): Finding[] {
  return [
    ...repetitionFindings(passport, 'custody'),
    ...custody.flatMap((each) => [
      ...subjectFindings(each, passport),
      ...rowFindings(each, passport),
      ...productionWindowFindings(each, passport),
      ...(method === null ? [] : periodAgeFindings(each, method.method, passport.created)),
    ]),
    ...conflictFindings(passport, custody),
  ]
}

function subjectFindings(custody: Custody, passport: UnscoredPassport): Finding[] {
  const subject = custody.credential.credentialSubject
  const battery = passport.credential.credentialSubject
  const findings: Finding[] = []
  const refuse = (pointer: string, detail: string, expected: string, found: string) =>
    findings.push(
      finding('SUBJECT_MISMATCH', { credential: custody.id, pointer, detail, expected, found }),
    )
  const expected = expectedId(battery, subject.granularity)
  if (expected !== subject.id) {
    refuse(
      '/credentialSubject/id',
      'The custody attestation is about another battery.',
      expected ?? `none about a ${subject.granularity}: the passport names none`,
      subject.id,
    )
  }
  if (subject.manufacturer !== battery.manufacturer) {
    refuse(
      '/credentialSubject/manufacturer',
      'The custody attestation is about a battery of another manufacturer.',
      battery.manufacturer,
      subject.manufacturer,
    )
  }
  return findings
}

/** One that covers nothing would only look like assurance. */
function rowFindings(custody: Custody, passport: UnscoredPassport): Finding[] {
  const { supplyChain } = passport.credential.credentialSubject
  const rows = new Set(supplyChain.map(rowKey))
  const assured = custody.credential.credentialSubject.supplyChain
  if (assured.some((row) => rows.has(rowKey(row)))) return []
  return [
    finding('ACTIVITY_MISMATCH', {
      credential: custody.id,
      pointer: '/credentialSubject/supplyChain',
      detail: 'None of the assured rows is a row of this battery, equal in all five members.',
      expected: 'a row of the passport’s supplyChain',
      found: `${assured.length} other rows`,
    }),
  ]
}

/** Of two that assure one row, the better one would be the holder's choice. */
function conflictFindings(passport: UnscoredPassport, custody: readonly Custody[]): Finding[] {
  const { supplyChain } = passport.credential.credentialSubject
  const rows = new Map(supplyChain.map((row, index) => [rowKey(row), index]))
  const seen = new Map<string, Custody>()
  return custody.flatMap((each) => {
    const clashes = new Map<Custody, number>()
    for (const row of each.credential.credentialSubject.supplyChain) {
      const key = rowKey(row)
      const index = rows.get(key)
      if (index === undefined) continue
      const other = seen.get(key)
      if (other === undefined) seen.set(key, each)
      else if (other !== each && !clashes.has(other)) clashes.set(other, index)
    }
    return [...clashes].map(([other, index]) =>
      finding('ATTESTATION_CONFLICT', {
        credential: passport.id,
        pointer: '/credentialSubject/custody',
        detail: `Two custody attestations assure row ${index} of the supply chain.`,
        expected: 'one of them',
        found: `${other.id} and ${each.id}`,
      }),
    )
  })
}
