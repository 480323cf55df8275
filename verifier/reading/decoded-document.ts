import { type CredentialType, digestMultibase, jcs, preview } from '@battery-passport/contexts'
import { type Finding, finding } from '../findings/findings.ts'
import { instant } from './calendar.ts'
import type { JsonFault, JsonObject, JsonValue } from './json.ts'
import type { SecuredCredential, Securing } from './secured-credential.ts'
import { findingAt, isObject, type Place, typeOf } from './shape.ts'

/** A credential of the input: read, or not with the reasons. */
export type DecodedDocument =
  | { readonly ok: true; readonly secured: SecuredCredential }
  | {
      readonly ok: false
      readonly pointer: string
      readonly id: string
      readonly type: string
      readonly digestMultibase: string
      readonly findings: readonly [Finding, ...Finding[]]
    }

/** A document that was read: frozen, with its instants as numbers. */
export function accepted<T extends CredentialType>(
  credential: SecuredCredential<T>['credential'],
  type: T,
  rest: {
    readonly pointer: string
    readonly document: JsonObject
    readonly digestMultibase: string
    readonly created: number
    readonly securing: Securing
  },
): DecodedDocument {
  const { id, issuer, validFrom, validUntil } = credential
  const validity = Object.freeze({ from: instant(validFrom), until: instant(validUntil) })
  return { ok: true, secured: Object.freeze({ ...rest, type, id, issuer, validity, credential }) }
}

/** A document that was read in another place of the same or another input. */
export function placedAt(document: DecodedDocument, pointer: string): DecodedDocument {
  if (!document.ok || document.secured.pointer === pointer) return document
  return { ok: true, secured: Object.freeze({ ...document.secured, pointer }) }
}

/** A document that was not read, with its reasons. */
export function refused(
  document: JsonValue,
  pointer: string,
  place: Place,
  findings: readonly Finding[],
  digest = digestMultibase(jcs(document)),
): DecodedDocument {
  const [first, ...others] = findings
  const unreadable = findingAt(place, 'SCHEMA', {
    pointer: '',
    detail: 'It cannot be read.',
    expected: 'a credential of the profile',
    found: preview(document),
  })
  return {
    ok: false,
    pointer,
    id: place.credential,
    type: (isObject(document) ? typeOf(document) : null) ?? '',
    digestMultibase: digest,
    findings: [first ?? unreadable, ...others],
  }
}

/** What the strict reader refused, as a finding on the input. */
export function jsonFinding({ code, pointer, expected, found }: JsonFault, at: string): Finding {
  const detail = {
    JSON_INVALID: 'The text is not strict JSON.',
    JSON_DUPLICATE_KEY: 'A key stands twice: two readers may see two values.',
    LIMIT_EXCEEDED: 'A size limit is exceeded.',
  }[code]
  return finding(code, { credential: '', pointer: at + pointer, detail, expected, found })
}

/** The size of a document against its limit. */
export function sizeFindings(bytes: number, most: number, place: Place): Finding[] {
  return bytes <= most
    ? []
    : [
        findingAt(place, 'LIMIT_EXCEEDED', {
          pointer: '',
          detail: 'The credential is larger than the profile allows.',
          expected: `at most ${most} bytes`,
          found: `${bytes} bytes`,
        }),
      ]
}
