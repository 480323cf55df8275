import type { AttestedSubject } from '@battery-passport/issuer'
import type { Complaint } from '../errors.ts'
import type { EngagementForm } from '../forms/engagement.ts'
import { type ParsedForm, parseForm } from '../forms/parse-form.ts'
import * as generated from '../generated/typed-validators.ts'
import { placeIn } from '../input/read-document.ts'

/** Reads an engagement: everything an attestation says but results, digests and references. */
export function readEngagement(bytes: Uint8Array, file: string): ParsedForm<EngagementForm> {
  const kind = { title: 'an engagement', validator: generated.EngagementForm }
  const parsed = parseForm(bytes, file, kind)
  if (!parsed.ok) return parsed
  const complaints = boundaryComplaints(parsed.form, file)
  return complaints.length === 0 ? parsed : { ok: false, complaints }
}

/** How much was looked at is a statement of its own: it is never taken for granted. */
function boundaryComplaints({ subject, boundary }: EngagementForm, file: string): Complaint[] {
  const where = placeIn(file, '/boundary')
  if (subject.type === 'Facility' && boundary === undefined) {
    return [
      {
        what: 'It is not said how much of the facility was looked at.',
        where,
        expected: '{ "kind": "whole" }, or "partial" with coveredShare and excluded',
        found: 'nothing',
        remedy: 'Add the boundary of the engagement.',
      },
    ]
  }
  if (subject.type === 'Battery' && boundary !== undefined && boundary.kind !== 'whole') {
    return [
      {
        what: 'A battery is attested as a whole.',
        where,
        expected: '{ "kind": "whole" }, or no boundary',
        found: boundary.kind,
        remedy: 'Remove the boundary.',
      },
    ]
  }
  return []
}

/** The subject of the attestation, with the parts that are read elsewhere put in. */
export function attestedSubject(
  form: EngagementForm,
  { results, evidenceFiles }: Pick<AttestedSubject, 'results' | 'evidenceFiles'>,
): AttestedSubject {
  const { subject, boundary, period, productionWindow, engagement, supersedes } = form
  const statement = {
    period,
    ...(productionWindow === undefined ? {} : { productionWindow }),
    results,
    engagement,
    evidenceFiles,
    ...(supersedes === undefined ? {} : { supersedes }),
  }
  return subject.type === 'Facility'
    ? { ...subject, boundary: boundary ?? { kind: 'whole' }, ...statement }
    : {
        ...subject,
        activities: [{ stage: 'product' }],
        boundary: { kind: 'whole' },
        ...statement,
      }
}
