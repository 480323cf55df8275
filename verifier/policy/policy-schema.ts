import {
  AssuranceLevel,
  BasisPoints,
  CUSTODY_MODELS,
  closed,
  Did,
  DigestMultibase,
  Instant,
  Key,
  oneOf,
  PROOF_FORMS,
  Text,
  Uri,
  Version,
} from '@battery-passport/contexts/schemas'
import { type Static, Type } from '@sinclair/typebox'
import { LIMITS } from '../reading/limits.ts'

const comment = { $comment: Type.Optional(Type.String({ maxLength: 2000 })) }

/** What an anchor may vouch for: the scheme, accreditations, or registered identities. */
export const ANCHOR_ROLES = ['scheme-owner', 'accreditation-body', 'registrar'] as const
export type AnchorRole = (typeof ANCHOR_ROLES)[number]

const Anchor = Type.Object(
  { ...comment, did: Did, role: oneOf(ANCHOR_ROLES), validFrom: Instant, validUntil: Instant },
  closed,
)
export type Anchor = Static<typeof Anchor>

const Distrust = Type.Object(
  {
    ...comment,
    did: Type.Optional(Did),
    key: Type.Optional(DigestMultibase),
    credential: Type.Optional(Uri),
    since: Type.Optional(Instant),
    reason: Text,
  },
  {
    ...closed,
    oneOf: [{ required: ['did'] }, { required: ['key'] }, { required: ['credential'] }],
  },
)
export type Distrust = Static<typeof Distrust>

const File = Type.String({ minLength: 1, maxLength: 1024 })

const AcceptedMethod = Type.Object(
  {
    ...comment,
    key: Key,
    version: Version,
    digestMultibase: DigestMultibase,
    file: Type.Optional(File),
    until: Type.Optional(Instant),
  },
  closed,
)

const PinnedRulebook = Type.Object(
  { ...comment, digestMultibase: DigestMultibase, file: Type.Optional(File) },
  closed,
)

const PinnedDidDocument = Type.Object(
  {
    ...comment,
    did: Did,
    document: Type.Optional(Type.Object({})),
    file: Type.Optional(File),
    digestMultibase: Type.Optional(DigestMultibase),
    validFrom: Type.Optional(Instant),
    validUntil: Type.Optional(Instant),
  },
  { ...closed, oneOf: [{ required: ['document'] }, { required: ['file', 'digestMultibase'] }] },
)
export type DidDocumentPin = Static<typeof PinnedDidDocument>

const TimestampAuthority = Type.Object(
  {
    ...comment,
    certificate: Type.String({ minLength: 1, maxLength: 16_384 }),
    validFrom: Type.Optional(Instant),
    validUntil: Type.Optional(Instant),
  },
  closed,
)
export type TimestampAuthorityPin = Static<typeof TimestampAuthority>

const Minimum = Type.Object(
  {
    ...comment,
    value: Type.Optional(BasisPoints),
    coverage: Type.Optional(BasisPoints),
    assured: Type.Optional(BasisPoints),
    reasonable: Type.Optional(BasisPoints),
    maximumNotApplicable: Type.Optional(BasisPoints),
  },
  closed,
)
export type Minimum = Static<typeof Minimum>

const lowered = (most: number) => Type.Optional(Type.Integer({ minimum: 1, maximum: most }))

/** The buyer's rules as data. An unknown field is an error; an empty list is never "any". */
export const VerificationPolicy = Type.Object(
  {
    ...comment,
    $schema: Type.Optional(Type.String({ maxLength: 512 })),
    anchors: Type.Array(Anchor, { minItems: 1, maxItems: 256 }),
    distrust: Type.Optional(Type.Array(Distrust, { maxItems: 1024 })),
    passportIssuers: Type.Unsafe<'registered' | 'any' | readonly string[]>({
      oneOf: [
        { enum: ['registered', 'any'] },
        Type.Array(Did, { minItems: 1, maxItems: 4096, uniqueItems: true }),
      ],
    }),
    methods: Type.Array(AcceptedMethod, { minItems: 1, maxItems: 64 }),
    rulebooks: Type.Optional(Type.Array(PinnedRulebook, { maxItems: 256 })),
    timestampAuthorities: Type.Optional(Type.Array(TimestampAuthority, { maxItems: 64 })),
    didDocuments: Type.Optional(Type.Array(PinnedDidDocument, { maxItems: 1024 })),
    allowIllustrative: Type.Optional(Type.Boolean()),
    minimums: Type.Optional(
      Type.Object(
        {
          ...comment,
          overall: Type.Optional(Minimum),
          rulebooks: Type.Optional(Type.Record(Key, Minimum)),
        },
        closed,
      ),
    ),
    minimumShareAssurance: Type.Optional(AssuranceLevel),
    requireProvenIndependence: Type.Optional(Type.Boolean()),
    custodyModels: Type.Optional(
      Type.Array(oneOf(CUSTODY_MODELS), { minItems: 1, maxItems: 5, uniqueItems: true }),
    ),
    statusMaximumAgeSeconds: Type.Integer({ minimum: 1, maximum: 31_622_400 }),
    requireCurrent: Type.Optional(Type.Boolean()),
    acceptSelfAssertedTime: Type.Optional(Type.Boolean()),
    uncountedAttestation: Type.Optional(oneOf(['reject', 'rescore'])),
    cryptosuites: Type.Optional(
      Type.Array(oneOf(PROOF_FORMS), { minItems: 1, maxItems: 4, uniqueItems: true }),
    ),
    clockSkewSeconds: Type.Optional(Type.Integer({ minimum: 0, maximum: 300 })),
    limits: Type.Optional(
      Type.Object(
        {
          ...comment,
          presentationBytes: lowered(LIMITS.presentationBytes),
          presentationCredentials: lowered(LIMITS.presentationCredentials),
          chainDepth: lowered(LIMITS.chainDepth),
        },
        closed,
      ),
    ),
  },
  { ...closed, title: 'VerificationPolicy' },
)
export type VerificationPolicy = Static<typeof VerificationPolicy>
