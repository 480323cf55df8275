import { dirname } from 'node:path'
import { type AttestationContext, type AttestationRequest, attest } from '@battery-passport/issuer'
import type { Signer } from '@battery-passport/keys'
import type { SecuredCredential } from '@battery-passport/verifier'
import { PLACEHOLDER_STATUS } from '../desk/placeholder-status.ts'
import type { Complaint } from '../errors.ts'
import { credentialFrame } from '../forms/credential-frame.ts'
import type { KnownRulebooks } from '../input/known-rulebooks.ts'
import { placeIn } from '../input/read-document.ts'
import { readFileBytes } from '../input/read-file.ts'
import { issuanceComplaint, issuanceFaults, type Origin } from '../issuance-complaints.ts'
import { type AssembledResults, assembleResults } from './assemble-results.ts'
import { dropRepeated } from './drop-repeated.ts'
import { farValues } from './far-values.ts'
import { shelve } from './given-evidence.ts'
import { mistakenPlace } from './mistaken-place.ts'
import { attestedSubject, readEngagement } from './read-engagement.ts'
import { type ReadResults, readResults } from './read-results.ts'

/** The files of one attestation. */
export interface AttestationFiles {
  readonly engagement: string
  readonly results: readonly string[]
  /** The folder of the evidence; that of the engagement unless given. */
  readonly evidence?: string
  readonly accreditation: string
}

/** What all attestations of a call are made with. */
export interface AttestSurroundings {
  readonly signer: Pick<Signer, 'did' | 'publicKey'>
  readonly rulebooks: KnownRulebooks
  readonly created: string
  /** Reads an accreditation, once however many rest on it. */
  readonly accreditation: (file: string) => Promise<SecuredCredential<'VerifierAccreditation'>>
}

/** An attestation that can be signed as it is. */
export interface PreparedAttestation {
  readonly files: AttestationFiles
  readonly request: Omit<AttestationRequest, 'credentialStatus'>
  readonly context: AttestationContext
  readonly origin: Origin
  /** What may be signed and is likely not meant. */
  readonly warnings: readonly Complaint[]
}

/** An attestation that can be signed, or everything that stands against it. */
export type Preparation =
  | { readonly ok: true; readonly prepared: PreparedAttestation }
  | { readonly ok: false; readonly complaints: readonly Complaint[] }

/**
 * Reads the files of one attestation, hashes its evidence, and checks everything that a verifier
 * will: all faults at once, each with its file and its row or JSON pointer. Nothing is signed.
 *
 * @throws {CommandError} usage: a file cannot be read
 */
export async function prepareAttestation(
  files: AttestationFiles,
  around: AttestSurroundings,
): Promise<Preparation> {
  const { engagement: file } = files
  const engagement = readEngagement(await readFileBytes(file), file)
  const folder = files.evidence ?? dirname(file)
  const listed = engagement.ok ? (engagement.form.evidence ?? []) : []
  const shelf = await shelve(listed, folder, file)
  const read = dropRepeated(await readAll(files.results, new Set(shelf.byName.keys())))
  if (!engagement.ok) {
    return { ok: false, complaints: [...engagement.complaints, ...read.complaints] }
  }
  const { form } = engagement
  const assembled = await assembleResults(read.results, shelf, {
    folder,
    holder: around.signer.did,
  })
  const complaints = [...shelf.complaints, ...read.complaints, ...assembled.complaints]
  const found = around.rulebooks.find(form.rulebook, placeIn(file, '/rulebook'))
  if (!found.ok) return { ok: false, complaints: [found.complaint, ...complaints] }
  const mistaken = mistakenPlace(found.known.rulebook, form, {
    engagement: file,
    sources: read.results,
    vocabulary: around.rulebooks.stages,
  })
  if (mistaken.complaints.length > 0) {
    return { ok: false, complaints: [...mistaken.complaints, ...complaints] }
  }
  const context: AttestationContext = {
    signer: around.signer,
    rulebook: found.known.rulebook,
    accreditation: await around.accreditation(files.accreditation),
    created: around.created,
  }
  const request = {
    ...credentialFrame(form, around.created),
    subject: attestedSubject(form, {
      results: [...assembled.results],
      evidenceFiles: [...assembled.evidenceFiles],
    }),
  }
  const origin = originIn(files, assembled)
  // Evidence that could not be read is a complaint already; what rests on it would be another.
  const faults = issuanceFaults(() =>
    attest({ ...request, credentialStatus: PLACEHOLDER_STATUS }, context),
  ).filter(({ code }) => complaints.length === 0 || code !== 'EVIDENCE_MISMATCH')
  const all = [...complaints, ...faults.map((fault) => issuanceComplaint(fault, origin))]
  if (all.length > 0) return { ok: false, complaints: all }
  const far = farValues(assembled.results, found.known.rulebook, origin)
  const warnings = [...mistaken.warnings, ...far]
  return { ok: true, prepared: { files, request, context, origin, warnings } }
}

async function readAll(
  names: readonly string[],
  evidence: ReadonlySet<string>,
): Promise<ReadResults> {
  const parts: ReadResults[] = []
  for (const name of names) parts.push(readResults(await readFileBytes(name), name, evidence))
  return {
    results: parts.flatMap(({ results }) => results),
    complaints: parts.flatMap(({ complaints }) => complaints),
  }
}

/** Members of the credential's subject that stand beside `subject` in the form. */
const BESIDE = /^\/(boundary|period|productionWindow|engagement|supersedes)(?=\/|$)/

/** Where what stands in a credential was written by a person. */
function originIn(files: AttestationFiles, { sources, evidence }: AssembledResults): Origin {
  return (pointer) => {
    if (!pointer.startsWith('/credentialSubject')) return placeIn(files.engagement, pointer)
    const inside = pointer.slice('/credentialSubject'.length)
    const [, member = '', index = '', property] = inside.split('/')
    if (member === 'results') {
      const place = sources[Number(index || Number.NaN)]?.place
      return place?.(property === 'evidenceIds' ? 'evidence' : property) ?? files.results.join(', ')
    }
    if (member === 'evidenceFiles') return evidence[Number(index)]?.where ?? files.engagement
    if (member === 'accreditation') return files.accreditation
    if (member === 'rulebook') return placeIn(files.engagement, inside)
    return placeIn(files.engagement, BESIDE.test(inside) ? inside : `/subject${inside}`)
  }
}
