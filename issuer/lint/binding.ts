import { dayOf, formatDay, type PassportSubject, parseDay } from '@battery-passport/contexts'
import type { LoadedMethod } from '@battery-passport/rulebooks'
import type { Attestation } from '@battery-passport/verifier'
import type { IssuanceFault } from '../errors.ts'
import { ageFaults, attestationTimeFaults, spreadFaults } from './attestation-dates.ts'
import type { LocalFault } from './local-fault.ts'

type Subject<T> = T extends unknown ? Omit<T, 'score'> : never

/**
 * Whether the attestations are about this battery and its supply chain, under the rulebooks of the
 * method, at their dates, with conclusions that count. Pointers are to the references.
 */
export function bindingFaults(
  battery: Subject<PassportSubject>,
  attestations: readonly Attestation[],
  context: {
    readonly method: LoadedMethod
    readonly signedAt: number
    /** The canonical id of the facility an attestation is about. */
    readonly facilityOf: (attestation: Attestation) => string
  },
): IssuanceFault[] {
  const { method, signedAt, facilityOf } = context
  const spread = spreadFaults(attestations, method.method)
  return attestations.flatMap((attestation, index) =>
    [
      ...subjectFaults(attestation, battery, facilityOf(attestation)),
      ...windowFaults(attestation, battery, signedAt),
      ...rulebookFaults(attestation, method),
      ...conclusionFaults(attestation),
      ...attestationTimeFaults(attestation, signedAt),
      ...ageFaults(attestation, method.method, signedAt),
      ...(spread.get(attestation) ?? []),
    ].map((fault) => ({ ...fault, pointer: `/credentialSubject/attestations/${index}` })),
  )
}

function subjectFaults(
  attestation: Attestation,
  battery: Subject<PassportSubject>,
  attested: string,
): LocalFault[] {
  const subject = attestation.credential.credentialSubject
  const rows = battery.supplyChain
  if (subject.type === 'Facility') {
    const own = rows.filter(({ facility }) => facility === attested)
    if (own.length === 0) {
      return [
        mismatch(
          `the facility of a row: ${[...new Set(rows.map(({ facility }) => facility))].join(', ')}`,
          subject.id,
          `${attestation.id} is about a facility that the supply chain does not list.`,
        ),
      ]
    }
    const known = subject.activities.some((activity) =>
      own.some((row) => row.stage === activity.stage && row.material === activity.material),
    )
    if (known) return []
    return [
      {
        code: 'ACTIVITY_MISMATCH',
        expected: own.map(({ stage, material }) => activityName(stage, material)).join(', '),
        found: subject.activities
          .map(({ stage, material }) => activityName(stage, material))
          .join(', '),
        detail: `${attestation.id} is about none of what this facility does for the battery.`,
        remedy: 'Correct the rows, or leave the attestation out.',
      },
    ]
  }
  const faults: LocalFault[] = []
  const id = attestedId(battery, subject.granularity)
  if (id !== subject.id) {
    faults.push(
      mismatch(
        id ?? `nothing about a ${subject.granularity}: the battery names none`,
        subject.id,
        `${attestation.id} is about another battery.`,
      ),
    )
  }
  if (subject.manufacturer !== battery.manufacturer) {
    faults.push(
      mismatch(
        battery.manufacturer,
        subject.manufacturer,
        `${attestation.id} is about a battery of another manufacturer.`,
      ),
    )
  }
  if (!subject.plants.some((plant) => rows.some(({ facility }) => facility === plant))) {
    faults.push(
      mismatch(
        'a plant that is a facility of the supply chain',
        subject.plants.join(', '),
        `None of the plants of ${attestation.id} has a row.`,
      ),
    )
  }
  return faults
}

function attestedId(
  battery: Subject<PassportSubject>,
  granularity: PassportSubject['granularity'],
): string | undefined {
  if (granularity === 'model') return battery.model
  if (granularity === 'batch') return 'batch' in battery ? battery.batch : undefined
  return battery.granularity === 'item' ? battery.id : undefined
}

function mismatch(expected: string, found: string, detail: string): LocalFault {
  const remedy = 'Leave the attestation out, or list the facility if it really is a supplier.'
  return { code: 'SUBJECT_MISMATCH', expected, found, detail, remedy }
}

function activityName(stage: string, material: string | undefined): string {
  return material === undefined ? stage : `${stage} of ${material}`
}

function windowFaults(
  attestation: Attestation,
  battery: Subject<PassportSubject>,
  signedAt: number,
): LocalFault[] {
  const window = attestation.credential.credentialSubject.productionWindow
  const made = battery.granularity === 'item' ? parseDay(battery.manufacturedOn) : dayOf(signedAt)
  const from = window === undefined ? null : parseDay(window.from)
  const until = window === undefined ? null : parseDay(window.until)
  if (window === undefined || made === null || from === null || until === null) return []
  if (from <= made && made <= until) return []
  return [
    {
      code: 'PRODUCTION_WINDOW',
      expected: `a day from ${window.from} to ${window.until}`,
      found: formatDay(made),
      detail: `The battery was made outside the production window of ${attestation.id}.`,
      remedy: 'Use an attestation whose window holds the day of manufacture.',
    },
  ]
}

function rulebookFaults(attestation: Attestation, method: LoadedMethod): LocalFault[] {
  const { key, version, digestMultibase } = attestation.credential.credentialSubject.rulebook
  const pinned = method.rulebooks.find(({ rulebook }) => rulebook.key === key)
  // A rulebook the method does not have at all is the evaluation's to refuse.
  if (pinned === undefined) return []
  if (pinned.digestMultibase === digestMultibase && pinned.rulebook.version === version) return []
  return [
    {
      code: 'RULEBOOK_MISMATCH',
      expected: `${key} ${pinned.rulebook.version} (${pinned.digestMultibase})`,
      found: `${key} ${version} (${digestMultibase})`,
      detail: `${attestation.id} was made against another edition than the method pins.`,
      remedy: 'Have it assessed against that edition, or use the method that pins this one.',
    },
  ]
}

function conclusionFaults(attestation: Attestation): LocalFault[] {
  const { conclusion, findings, statementDate } =
    attestation.credential.credentialSubject.engagement
  const open = findings.filter(
    ({ severity, closedOn }) =>
      severity === 'major' && (closedOn === undefined || closedOn > statementDate),
  )
  const remedy = 'Leave it out: its answers then count as unknown.'
  return [
    ...(conclusion === 'adverse' || conclusion === 'disclaimer'
      ? [
          {
            code: 'CONCLUSION_NOT_ACCEPTED' as const,
            expected: 'unmodified or qualified',
            found: conclusion,
            detail: `Nothing can rest on the conclusion of ${attestation.id}.`,
            remedy,
          },
        ]
      : []),
    ...open.map(({ id }) => ({
      code: 'OPEN_FINDING' as const,
      expected: 'no open major finding',
      found: id,
      detail: `${attestation.id} has an open major finding.`,
      remedy,
    })),
  ]
}
