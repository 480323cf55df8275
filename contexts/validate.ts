import type { VerifierAccreditation } from './accreditation.ts'
import type { RulebookAttestation } from './attestation.ts'
import type { CustodyAttestation } from './custody.ts'
import { PATTERN_WORDS } from './generated/pattern-words.ts'
import * as generated from './generated/typed-validators.ts'
import type { RegisteredIdentity } from './identity.ts'
import { escapePointer, valueAt } from './json-pointer.ts'
import type { CredentialType } from './names.ts'
import { nearest } from './nearest.ts'
import type { BatteryPassport } from './passport.ts'
import { preview } from './preview.ts'
import type { StatusListCredential, WithdrawalNotice } from './status.ts'
import type { ValidationError, Validator } from './validator.ts'

/** One way in which a document does not have the shape its schema demands. */
export interface SchemaFault {
  /** RFC 6901, from the root of the validated document. */
  readonly pointer: string
  readonly expected: string
  readonly found: string
  /** The schema knows no such property there; `expected` lists those that it knows. */
  readonly isUnknown?: true
  /** Where there is a list of names or values, the one that is most likely meant. */
  readonly meant?: string
}

/** At most this many faults are named for one document: enough to mend it, too few to flood a log. */
const MAXIMUM_FAULTS = 24

const validators: { readonly [T in CredentialType]: Validator<CredentialTypes[T]> } = {
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
  const errors = validator.errors ?? []
  const faults = new Map<string, SchemaFault>()
  for (const error of errors) {
    if (faults.size === MAXIMUM_FAULTS) break
    if (errors.length > 1 && SUMMARIES.has(error.keyword)) continue
    if (error.keyword === 'required' && isTag(error, errors)) continue
    const fault = toFault(error, document)
    const key = `${fault.pointer} ${fault.expected}`
    if (!faults.has(key)) faults.set(key, fault)
  }
  return [...faults.values()]
}

/** What these say, the errors beside them say better. */
const SUMMARIES: ReadonlySet<string> = new Set(['if', 'oneOf', 'anyOf'])

/** The property that tells the branches of a union apart is missed with the values it may have. */
function isTag(missing: ValidationError, errors: readonly ValidationError[]): boolean {
  return errors.some(
    ({ keyword, instancePath, params }) =>
      keyword === 'discriminator' &&
      instancePath === missing.instancePath &&
      params.tag === missing.params.missingProperty,
  )
}

function toFault(error: ValidationError, document: unknown): SchemaFault {
  const { instancePath: pointer, params } = error
  switch (error.keyword) {
    case 'additionalProperties': {
      const name = String(params.additionalProperty)
      const known = texts(params.known)
      return {
        pointer: `${pointer}/${escapePointer(name)}`,
        expected: nameWords(known, texts(params.patterns)),
        found: preview(name),
        isUnknown: true,
        ...meantBy(name, known),
      }
    }
    case 'false schema': {
      const found = preview(valueAt(document, pointer))
      return { pointer, expected: 'no such property here', found, isUnknown: true }
    }
    case 'required':
      return {
        pointer: `${pointer}/${escapePointer(String(params.missingProperty))}`,
        expected: 'a value (the property is required)',
        found: 'nothing',
      }
    case 'discriminator':
      return listFault(
        `${pointer}/${escapePointer(String(params.tag))}`,
        texts(params.known),
        params.tagValue,
      )
    case 'enum':
      return listFault(pointer, texts(params.allowedValues), valueAt(document, pointer))
    default:
      return { pointer, expected: expectation(error), found: preview(valueAt(document, pointer)) }
  }
}

/** What the name of a property may be. */
function nameWords(known: readonly string[], patterns: readonly string[]): string {
  const listed = known.length === 0 ? [] : [`one of ${known.join(', ')}`]
  const words = [...listed, ...patterns.map(patternWords)]
  return words.length === 0 ? 'no such property' : words.join(', or ')
}

/** A value that is none of a list. */
function listFault(pointer: string, known: readonly string[], value: unknown): SchemaFault {
  return {
    pointer,
    expected: `one of ${JSON.stringify(known)}`,
    found: preview(value),
    ...(typeof value === 'string' ? meantBy(value, known) : {}),
  }
}

function meantBy(name: string, known: readonly string[]): Pick<SchemaFault, 'meant'> {
  const meant = nearest(name, known)
  return meant === undefined ? {} : { meant }
}

/** A list of names that a generated validator wrote; the schemas have no other enumerations. */
function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}

function expectation({ keyword, message, params }: ValidationError): string {
  switch (keyword) {
    case 'const':
      return JSON.stringify(params.allowedValue)
    case 'pattern':
      return patternWords(String(params.pattern))
    case 'type':
      return String(params.type)
    default:
      return (message ?? keyword).replace(/^must (be |have |NOT have )?/, (_, word) =>
        word === 'NOT have ' ? 'not ' : '',
      )
  }
}

/** What a pattern means, in words where they are known. */
function patternWords(pattern: string): string {
  return PATTERN_WORDS.get(pattern) ?? `text matching ${pattern}`
}
