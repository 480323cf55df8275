import { dayOf, formatDay } from '@battery-passport/contexts'
import { type Finding, finding, listed } from '../findings/findings.ts'
import { day } from '../reading/calendar.ts'
import type {
  Attestation,
  Passport,
  SecuredCredential,
  StatementType,
} from '../reading/secured-credential.ts'
import type { UnscoredPassport } from './unscored-passport.ts'

type AttestedBattery = Extract<
  Attestation['credential']['credentialSubject'],
  { readonly type: 'Battery' }
>

/**
 * Step 8: the attestation is about this battery, or about a facility and activity of its rows.
 *
 * @param facility the canonical id of the attested facility
 */
export function subjectFindings(
  attestation: Attestation,
  passport: UnscoredPassport,
  facility: string,
): Finding[] {
  const subject = attestation.credential.credentialSubject
  return subject.type === 'Battery'
    ? batteryFindings(attestation.id, subject, passport)
    : facilityFindings(attestation, passport, facility)
}

function facilityFindings(
  attestation: Attestation,
  passport: UnscoredPassport,
  facility: string,
): Finding[] {
  const subject = attestation.credential.credentialSubject
  const rows = passport.credential.credentialSubject.supplyChain.filter(
    (row) => row.facility === facility,
  )
  if (rows.length === 0) {
    return [
      finding('SUBJECT_MISMATCH', {
        credential: attestation.id,
        pointer: '/credentialSubject/id',
        detail:
          'The attestation is about a facility that the supply chain of this battery does not list.',
        expected: 'a facility of the passport’s supplyChain',
        found: subject.id,
      }),
    ]
  }
  const known = subject.activities.some(({ stage, ...activity }) => {
    const material = 'material' in activity ? activity.material : undefined
    return rows.some((row) => row.stage === stage && row.material === material)
  })
  if (known) return []
  return [
    finding('ACTIVITY_MISMATCH', {
      credential: attestation.id,
      pointer: '/credentialSubject/activities',
      detail: 'None of the attested activities is a row of this facility.',
      expected: rows.map(({ stage, material }) => activityName(stage, material)).join(', '),
      found: subject.activities
        .map((activity) =>
          activityName(activity.stage, 'material' in activity ? activity.material : undefined),
        )
        .join(', '),
    }),
  ]
}

function activityName(stage: string, material: string | undefined): string {
  return material === undefined ? stage : `${stage} of ${material}`
}

function batteryFindings(
  credential: string,
  subject: AttestedBattery,
  passport: UnscoredPassport,
): Finding[] {
  const battery = passport.credential.credentialSubject
  const findings: Finding[] = []
  const refuse = (pointer: string, detail: string, expected: string, found: string) =>
    findings.push(finding('SUBJECT_MISMATCH', { credential, pointer, detail, expected, found }))
  const expected = expectedId(battery, subject.granularity)
  if (expected !== subject.id) {
    refuse(
      '/credentialSubject/id',
      'The attestation is about another battery.',
      expected ?? `no attestation about a ${subject.granularity}: the passport names none`,
      subject.id,
    )
  }
  if (subject.manufacturer !== battery.manufacturer) {
    refuse(
      '/credentialSubject/manufacturer',
      'The attestation is about a battery of another manufacturer.',
      battery.manufacturer,
      subject.manufacturer,
    )
  }
  const rows = new Set(battery.supplyChain.map(({ facility }) => facility))
  if (!subject.plants.some((plant) => rows.has(plant))) {
    refuse(
      '/credentialSubject/plants',
      'None of the attested plants is in the supply chain of this battery.',
      'a facility of the passport’s supplyChain',
      listed(subject.plants),
    )
  }
  return findings
}

/** The id by which a battery is meant at a granularity; undefined: the passport names none. */
export function expectedId(
  battery: UnscoredPassport['credential']['credentialSubject'],
  granularity: 'item' | 'batch' | 'model',
): string | undefined {
  if (granularity === 'model') return battery.model
  if (granularity === 'batch') return 'batch' in battery ? battery.batch : undefined
  return battery.granularity === 'item' ? battery.id : undefined
}

/** Model and batch passports carry their own id once more, so that no reader can take two. */
export function passportIdFindings(passport: UnscoredPassport): Finding[] {
  const battery = passport.credential.credentialSubject
  const refuse = (pointer: string, expected: string, found: string) => [
    finding('SCHEMA', {
      credential: passport.id,
      pointer: `/credentialSubject/${pointer}`,
      detail: 'The passport is about another battery than it names as its own.',
      expected,
      found,
    }),
  ]
  if (battery.granularity === 'item') {
    const isOthers = [battery.model, battery.batch].includes(battery.id)
    return isOthers ? refuse('id', 'an id of its own, not of its model or batch', battery.id) : []
  }
  const named = battery.granularity === 'model' ? battery.model : battery.batch
  return named === battery.id ? [] : refuse(battery.granularity, battery.id, named)
}

/** The day of manufacture of an item, else the day of signing, lies in the attested window. */
export function productionWindowFindings(
  attestation: SecuredCredential<StatementType>,
  passport: UnscoredPassport,
): Finding[] {
  const window = attestation.credential.credentialSubject.productionWindow
  if (window === undefined) return []
  const battery = passport.credential.credentialSubject
  const made =
    battery.granularity === 'item' ? day(battery.manufacturedOn) : dayOf(passport.created)
  if (day(window.from) <= made && made <= day(window.until)) return []
  return [
    finding('PRODUCTION_WINDOW', {
      credential: attestation.id,
      pointer: '/credentialSubject/productionWindow',
      detail:
        battery.granularity === 'item'
          ? 'The battery was made outside the attested production window.'
          : 'The passport was signed outside the attested production window.',
      expected: `a window with ${formatDay(made)}`,
      found: `${window.from} to ${window.until}`,
    }),
  ]
}

/** Each subject, activity and rulebook has at most one attestation: a second could be the milder. */
export function conflictFindings(
  attestations: readonly Attestation[],
  passport: Passport,
  facilityOf: (attestation: Attestation) => string,
): Finding[] {
  const seen = new Map<string, Attestation>()
  return attestations.flatMap((attestation) => {
    const subject = attestation.credential.credentialSubject
    const who = subject.type === 'Battery' ? 'battery' : facilityOf(attestation)
    const clashes = new Set<Attestation>()
    for (const activity of subject.activities) {
      const material = 'material' in activity ? activity.material : ''
      const key = JSON.stringify([who, activity.stage, material, subject.rulebook.key])
      const other = seen.get(key)
      if (other === undefined) seen.set(key, attestation)
      else if (other !== attestation) clashes.add(other)
    }
    return [...clashes].map((other) =>
      finding('ATTESTATION_CONFLICT', {
        credential: passport.id,
        pointer: '/credentialSubject/attestations',
        detail: `Two attestations answer for ${who} under ${subject.rulebook.key}.`,
        expected: 'one of them',
        found: `${other.id} and ${attestation.id}`,
      }),
    )
  })
}
