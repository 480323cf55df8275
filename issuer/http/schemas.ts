import * as vocabulary from '@battery-passport/contexts/schemas'
import { Finding } from '@battery-passport/verifier/schemas'
import { Type } from '@sinclair/typebox'
import { BatteryDescription, IssueRequest, STATUSES, StatusChange } from '../issue-request.ts'
import { LocalId } from '../service/local-id.ts'
import { PROBLEMS } from './problems.ts'

const {
  Activity,
  closed,
  DayRange,
  Did,
  DigestMultibase,
  exactly,
  GRANULARITIES,
  Instant,
  oneOf,
  RulebookReference,
  Uri,
} = vocabulary

const Fault = Type.Object(
  {
    code: Type.Optional(Type.String()),
    pointer: Type.String({ description: 'RFC 6901, in the body of the request.' }),
    expected: Type.String(),
    found: Type.String(),
    detail: Type.Optional(Type.String()),
    remedy: Type.Optional(Type.String()),
  },
  closed,
)

/** RFC 9457, with a stable code, every place of the request and every finding. */
const Problem = Type.Object(
  {
    type: Uri,
    title: Type.String(),
    status: Type.Integer({ minimum: 400, maximum: 599 }),
    code: oneOf(Object.keys(PROBLEMS)),
    detail: Type.String(),
    instance: Type.String({ description: 'The id of the request, as the log has it.' }),
    errors: Type.Optional(Type.Array(Fault)),
    findings: Type.Optional(Type.Array(Finding)),
  },
  closed,
)

const stored = { id: Uri, type: Type.String(), digestMultibase: DigestMultibase, issuer: Did }
const StoredCredential = Type.Object(stored, closed)

const Submission = Type.Object(
  {
    stored: Type.Array(StoredCredential),
    known: Type.Array(StoredCredential),
    leftOut: Type.Array(
      Type.Object({ credential: Type.String(), findings: Type.Array(Finding) }, closed),
    ),
    timestamps: Type.Integer({
      minimum: 0,
      description: 'How many timestamps were kept that were not here before.',
    }),
    findings: Type.Array(Finding),
  },
  closed,
)

const ListedAttestation = Type.Object(
  {
    ...stored,
    type: exactly('RulebookAttestation'),
    subject: Type.Object({ id: Uri, type: oneOf(['Facility', 'Battery']) }, closed),
    rulebook: RulebookReference,
    activities: Type.Array(Activity),
    period: DayRange,
    validFrom: Instant,
    validUntil: Instant,
  },
  closed,
)

const ListedCustodyAttestation = Type.Object(
  {
    ...stored,
    type: exactly('CustodyAttestation'),
    subject: Type.Object(
      {
        id: Uri,
        type: exactly('Battery'),
        granularity: oneOf(['model', 'batch']),
        manufacturer: Did,
      },
      closed,
    ),
    rows: Type.Integer({ minimum: 1, maximum: 256 }),
    assuranceLevel: oneOf(['limited', 'reasonable']),
    period: DayRange,
    productionWindow: DayRange,
    validFrom: Instant,
    validUntil: Instant,
  },
  closed,
)

const AttestationPage = Type.Object(
  {
    attestations: Type.Array(Type.Union([ListedAttestation, ListedCustodyAttestation])),
    next: Type.Optional(DigestMultibase),
  },
  closed,
)

const ListedPassport = Type.Object(
  {
    id: LocalId,
    credential: Uri,
    digestMultibase: DigestMultibase,
    battery: Uri,
    granularity: oneOf(GRANULARITIES),
    issuedAt: Instant,
    status: oneOf(STATUSES),
  },
  closed,
)

const PassportPage = Type.Object(
  { passports: Type.Array(ListedPassport), next: Type.Optional(LocalId) },
  closed,
)

const Status = Type.Object(
  {
    id: LocalId,
    status: oneOf(STATUSES),
    reason: Type.String(),
    changedAt: Instant,
    notice: Type.Optional(Uri),
  },
  closed,
)

const ReplacedList = Type.Object(
  { id: Uri, issuer: Did, digestMultibase: DigestMultibase, findings: Type.Array(Finding) },
  closed,
)

const PublishedList = Type.Union([vocabulary.StatusListCredential, vocabulary.Presentation])

const DidDocument = Type.Object({
  '@context': Type.Array(Type.String()),
  id: Did,
  verificationMethod: Type.Array(Type.Object({})),
  assertionMethod: Type.Array(Type.String()),
})

const Health = Type.Object({ status: oneOf(['ok', 'failed']) }, closed)
const OpenApi = Type.Object({ openapi: exactly('3.1.0') })

/** Every schema an operation names, by its name: those that validate, and those of the answers. */
export const SCHEMAS = {
  IssueRequest,
  StatusChange,
  BatteryPassport: vocabulary.BatteryPassport,
  BitstringStatusListCredential: vocabulary.StatusListCredential,
  WithdrawalNotice: vocabulary.WithdrawalNotice,
  Presentation: vocabulary.Presentation,
  Problem,
  Submission,
  AttestationPage,
  PassportPage,
  Status,
  PublishedList,
  ReplacedList,
  DidDocument,
  Health,
  OpenApi,
}

/** Schemas that others may refer to by name, so that each stands once in the document. */
export const SHARED_SCHEMAS = {
  ...vocabulary,
  BatteryDescription,
  Finding,
  Fault,
  StoredCredential,
  ListedAttestation,
  ListedCustodyAttestation,
  ListedPassport,
}
