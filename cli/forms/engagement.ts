import {
  Activity,
  Boundary,
  Country,
  closed,
  DayRange,
  Did,
  Engagement,
  exactly,
  Key,
  Lei,
  oneOf,
  referenceTo,
  Text,
  taggedUnion,
  Uri,
  Version,
} from '@battery-passport/contexts/schemas'
import { type Static, Type } from '@sinclair/typebox'
import { frame } from './frame.ts'

/** Evidence by the file it is in; its digest is computed, what is left out gets the default. */
const EvidenceInput = Type.Object(
  {
    file: Type.String({
      minLength: 1,
      maxLength: 512,
      description: 'The path of the file in the folder of the evidence.',
    }),
    key: Type.Optional(
      Type.String({
        pattern: '^[^\\s|,;]{1,128}$',
        description: 'A short name by which results name it; without one, they name the file.',
      }),
    ),
    name: Type.Optional(Text),
    mediaType: Type.Optional(Type.String({ pattern: '^[a-z]+/[a-z0-9.+-]+$', maxLength: 128 })),
    accessClass: Type.Optional(
      oneOf(['public', 'legitimate-interest', 'authorities', 'assurance-body']),
    ),
    holder: Type.Optional(Did),
    covers: Type.Optional(Type.Array(Uri, { minItems: 1, maxItems: 256 })),
  },
  closed,
)
export type EvidenceInput = Static<typeof EvidenceInput>

const FacilityInput = Type.Object(
  {
    type: exactly('Facility'),
    id: Uri,
    name: Type.Optional(Text),
    country: Country,
    operator: Did,
    operatorGroup: Type.Optional(Lei),
    activities: Type.Array(Activity, { minItems: 1, maxItems: 64 }),
  },
  closed,
)

const BatteryInput = Type.Object(
  {
    type: exactly('Battery'),
    id: Uri,
    name: Type.Optional(Text),
    granularity: oneOf(['model', 'batch', 'item']),
    manufacturer: Did,
    plants: Type.Array(Uri, { minItems: 1, maxItems: 64, uniqueItems: true }),
    activities: Type.Optional(exactly([{ stage: 'product' }] as const)),
  },
  closed,
)

/**
 * An engagement as the assurance body keeps it: everything an attestation says but the results,
 * the digests and the references.
 */
export const EngagementForm = Type.Object(
  {
    ...frame,
    rulebook: Type.Object({ key: Key, version: Version }, closed),
    subject: taggedUnion('type', [FacilityInput, BatteryInput]),
    boundary: Type.Optional(Boundary),
    period: DayRange,
    productionWindow: Type.Optional(DayRange),
    engagement: Engagement,
    evidence: Type.Optional(Type.Array(EvidenceInput, { maxItems: 256 })),
    supersedes: Type.Optional(referenceTo('RulebookAttestation')),
  },
  { ...closed, title: 'EngagementForm' },
)
export type EngagementForm = Static<typeof EngagementForm>
