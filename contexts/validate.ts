import type { VerifierAccreditation } from './accreditation.ts'
import type { RulebookAttestation } from './attestation.ts'
import type { CustodyAttestation } from './custody.ts'
import { PATTERN_WORDS } from './generated/pattern-words.ts'
import * as generated from './generated/validators.ts'
import type { RegisteredIdentity } from './identity.ts'
import type { CredentialType } from './names.ts'
import type { BatteryPassport } from './passport.ts'
import type { StatusListCredential, WithdrawalNotice } from './status.ts'

/** One way in which a document does not have the shape its schema demands. */
export interface SchemaFault {
  /** RFC 6901, from the root of the validated document. */
  readonly pointer: string
  readonly expected: string
  readonly found: string
}

/** The error object of a generated validator (Ajv's form). */
export interface ValidationError {
  readonly instancePath: string
  readonly schemaPath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
  readonly message?: string
}

/** A function generated ahead of time from a JSON Schema. */
export interface Validator {
  (value: unknown): boolean
  errors?: readonly ValidationError[] | null
}

/** At most this many faults are named for one document: enough to mend it, too few to flood a log. */
const MAXIMUM_FAULTS = 24

const validators: Readonly<Record<CredentialType, Validator>> = {
  RegisteredIdentity: generated.RegisteredIdentity,
  VerifierAccreditation: generated.VerifierAccreditation,
  RulebookAttestation: generated.RulebookAttestation,
  CustodyAttestation: generated.CustodyAttestation,
  BatteryPassport: generated.BatteryPassport,
  WithdrawalNotice: generated.WithdrawalNotice,
  BitstringStatusListCredential: generated.BitstringStatusListCredential,
}

/** The typed form of each credential type. */
export interface CredentialTypes {
  readonly RegisteredIdentity: RegisteredIdentity
  readonly VerifierAccreditation: VerifierAccreditation
  readonly RulebookAttestation: RulebookAttestation
  readonly CustodyAttestation: CustodyAttestation
  readonly BatteryPassport: BatteryPassport
  readonly WithdrawalNotice: WithdrawalNotice
  readonly BitstringStatusListCredential: StatusListCredential
}

/** Whether a document has the closed shape of a credential type. */
export function isCredential<T extends CredentialType>(
  type: T,
  document: unknown,
): document is CredentialTypes[T] {
  return validators[type](document)
}

/** Every fault of a credential's shape against the closed schema of its type; none means it has it. */
export function credentialFaults(type: CredentialType, document: unknown): SchemaFault[] {
  return schemaFaults(validators[type], document)
}

/** Every fault of a `VerifiablePresentation`'s frame (not of the credentials in it). */
export function presentationFaults(document: unknown): SchemaFault[] {
  return schemaFaults(generated.Presentation, document)
}

/** Runs a generated validator and says what it found in one form, whatever the schema. */
export function schemaFaults(validator: Validator, document: unknown): SchemaFault[] {
  if (validator(document)) return []
  const faults = new Map<string, SchemaFault>()
  for (const error of validator.errors ?? []) {
    if (error.keyword === 'if' || error.keyword === 'oneOf' || error.keyword === 'anyOf') {
      if ((validator.errors ?? []).length > 1) continue
    }
    const fault = toFault(error, document)
    const key = `${fault.pointer} ${fault.expected}`
    if (faults.size < MAXIMUM_FAULTS && !faults.has(key)) faults.set(key, fault)
  }
  return [...faults.values()]
}

function toFault(error: ValidationError, document: unknown): SchemaFault {
  const { params } = error
  switch (error.keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const property = String(params.additionalProperty ?? params.unevaluatedProperty)
      const pointer = `${error.instancePath}/${escapePointer(property)}`
      return { pointer, expected: 'no such property', found: preview(valueAt(document, pointer)) }
    }
    case 'false schema':
      return {
        pointer: error.instancePath,
        expected: 'no such property here',
        found: preview(valueAt(document, error.instancePath)),
      }
    case 'required':
      return {
        pointer: `${error.instancePath}/${escapePointer(String(params.missingProperty))}`,
        expected: 'a value (the property is required)',
        found: 'nothing',
      }
    default:
      return {
        pointer: error.instancePath,
        expected: expectation(error),
        found: preview(valueAt(document, error.instancePath)),
      }
  }
}

function expectation(error: ValidationError): string {
  const { params } = error
  switch (error.keyword) {
    case 'const':
      return JSON.stringify(params.allowedValue)
    case 'enum':
      return `one of ${JSON.stringify(params.allowedValues)}`
    case 'pattern':
      return patternWords(String(params.pattern))
    case 'discriminator':
      return `a known value of "${String(params.tag)}"`
    case 'type':
      return `${String(params.type)}`
    default:
      return (error.message ?? error.keyword).replace(/^must (be |have |NOT have )?/, (_, word) =>
        word === 'NOT have ' ? 'not ' : '',
      )
  }
}

/** What a pattern means, in words where they are known. */
function patternWords(pattern: string): string {
  return PATTERN_WORDS.get(pattern) ?? `text matching ${pattern}`
}

/** Escapes one reference token of a JSON pointer (RFC 6901 §3). */
export function escapePointer(token: string): string {
  return token.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** The value a JSON pointer names, or undefined; own properties only. */
export function valueAt(document: unknown, pointer: string): unknown {
  let value = document
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~')
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined
    value = Reflect.get(value, key)
  }
  return value
}

/** What was found, short enough for a line; nothing of a long value leaks into a log. */
export function preview(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value) ?? typeof value
  return text.length > 80 ? `${text.slice(0, 77)}…` : text
}
