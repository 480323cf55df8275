import { closed, oneOf } from '@battery-passport/contexts/schemas'
import { Type } from '@sinclair/typebox'
import { RESPONSIBLE, SEVERITIES } from './finding-kind.ts'
import { FINDING_KINDS } from './finding-kinds.ts'

/** What a verifier found; the codes are those of docs/findings.md. */
export const Finding = Type.Object(
  {
    code: oneOf(Object.keys(FINDING_KINDS)),
    severity: oneOf(SEVERITIES),
    credential: Type.String({ description: 'The id of the credential; empty for the input.' }),
    pointer: Type.String({ description: 'RFC 6901, in that credential or the input.' }),
    expected: Type.String(),
    found: Type.String(),
    detail: Type.String(),
    remedy: Type.String(),
    whose: oneOf(RESPONSIBLE),
  },
  closed,
)
