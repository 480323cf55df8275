import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename, join, normalize } from 'node:path'
import type { EvidenceFile } from '@battery-passport/contexts'
import type { Complaint } from '../errors.ts'
import { digestOfFile } from '../evidence.ts'
import type { EvidenceInput } from '../forms/engagement.ts'
import { placeIn } from '../input/read-document.ts'
import { mediaTypeOf } from './media-type.ts'

/** An evidence file that exists, with the credential's own words for it. */
export interface GivenEvidence {
  /** `urn:uuid:…`: how the results of the attestation name it. */
  readonly id: string
  /** Where it was said that it is given. */
  readonly where: string
  readonly path: string
  readonly input: EvidenceInput
}

/** The evidence at hand, by every name under which a result may mean it. */
export interface EvidenceShelf {
  readonly byName: ReadonlyMap<string, GivenEvidence>
  /** What the engagement lists, used or not. */
  readonly listed: readonly GivenEvidence[]
  readonly complaints: readonly Complaint[]
}

/**
 * The evidence an engagement lists. Each file is looked up in the folder; one that is not there is
 * complained of.
 *
 * @param engagement the file that lists it, for messages
 */
export async function shelve(
  inputs: readonly EvidenceInput[],
  folder: string,
  engagement: string,
): Promise<EvidenceShelf> {
  const byName = new Map<string, GivenEvidence>()
  const listed: GivenEvidence[] = []
  const complaints: Complaint[] = []
  for (const [index, input] of inputs.entries()) {
    const where = placeIn(engagement, `/evidence/${index}`)
    const path = pathIn(folder, input.file)
    const complaint =
      path === null ? outside(input.file, folder, where) : await missing(path, where)
    if (complaint !== null) complaints.push(complaint)
    const given = { id: `urn:uuid:${randomUUID()}`, where, path: path ?? input.file, input }
    listed.push(given)
    for (const name of new Set([input.file, basename(input.file), input.key ?? input.file])) {
      const other = byName.get(name)
      if (other !== undefined && (name === input.file || name === input.key)) {
        complaints.push({
          what: 'Two evidence files have the same name.',
          where,
          expected: 'each file once, each key once',
          found: name,
          remedy: `Give one of them another key; the first is at ${other.where}.`,
        })
      }
      if (other === undefined) byName.set(name, given)
    }
  }
  return { byName, listed, complaints }
}

/** A file that only a result names, if the folder has it. */
export async function findInFolder(name: string, folder: string): Promise<GivenEvidence | null> {
  const path = pathIn(folder, name)
  if (path === null || !(await isFile(path))) return null
  return { id: `urn:uuid:${randomUUID()}`, where: path, path, input: { file: name } }
}

/**
 * The entry of an evidence file in an attestation; its digest is computed here.
 *
 * @param holder who holds it unless the engagement says so: the assurance body
 * @throws {CommandError} usage: the file cannot be read
 */
export async function evidenceFile(
  { id, path, input }: GivenEvidence,
  holder: string,
): Promise<EvidenceFile> {
  const { file, name, mediaType, accessClass, covers } = input
  return {
    id,
    name: name ?? basename(file),
    mediaType: mediaType ?? mediaTypeOf(file),
    digestMultibase: await digestOfFile(path),
    accessClass: accessClass ?? 'assurance-body',
    holder: input.holder ?? holder,
    ...(covers === undefined ? {} : { covers }),
  }
}

/** The path of a file inside a folder, or null when it leads out of it. */
function pathIn(folder: string, file: string): string | null {
  const relative = normalize(file)
  const leadsOut = relative.startsWith('..') || relative.startsWith('/') || /^[A-Za-z]:/.test(file)
  return leadsOut ? null : join(folder, relative)
}

async function missing(path: string, where: string): Promise<Complaint | null> {
  if (await isFile(path)) return null
  return {
    what: 'The evidence file is not there.',
    where,
    expected: `a file ${path}`,
    found: 'none',
    remedy: 'Put it there, name its folder with --evidence, or remove it from the list.',
  }
}

function outside(file: string, folder: string, where: string): Complaint {
  return {
    what: 'The evidence file is outside the folder of the evidence.',
    where,
    expected: `a path inside ${folder}`,
    found: file,
    remedy: 'Copy the file there, or name another folder with --evidence.',
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  )
}
