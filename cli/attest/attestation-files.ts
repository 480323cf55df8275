import { dirname, resolve } from 'node:path'
import { refusal, usageError } from '../errors.ts'
import { parseForm } from '../forms/parse-form.ts'
import * as generated from '../generated/typed-validators.ts'
import { placeIn } from '../input/read-document.ts'
import { readFileBytes } from '../input/read-file.ts'
import type { AttestationFiles } from './prepare.ts'

/** The options that say what is attested. */
export interface AttestationFlags {
  readonly engagement: readonly string[]
  readonly results: readonly string[]
  readonly evidence?: string
  readonly accreditation?: string
  readonly batch?: string
}

/**
 * The files of every attestation of a call: one engagement with its results, several in pairs, or
 * the list of a manifest.
 *
 * @throws {CommandError} usage: the options do not fit together; refused: a manifest with faults
 */
export async function attestationFiles(flags: AttestationFlags): Promise<AttestationFiles[]> {
  const { engagement, results, batch } = flags
  if (batch === undefined) return fromOptions(flags)
  if (engagement.length > 0 || results.length > 0) {
    throw usageError({
      what: 'A manifest names the files itself.',
      where: '--batch',
      expected: '--batch alone, or pairs of --engagement and --results',
      remedy: 'Leave one of the two out.',
    })
  }
  return fromManifest(batch, flags)
}

function fromOptions({
  engagement,
  results,
  evidence,
  accreditation,
}: AttestationFlags): AttestationFiles[] {
  if (accreditation === undefined) throw noAccreditation('--accreditation')
  const common = { accreditation, ...(evidence === undefined ? {} : { evidence }) }
  const [first] = engagement
  // Results of one engagement may be spread over several files.
  if (first !== undefined && engagement.length === 1 && results.length > 0) {
    return [{ engagement: first, results, ...common }]
  }
  if (engagement.length === 0 || engagement.length !== results.length) {
    throw usageError({
      what: 'It is not clear which results belong to which engagement.',
      where: '--engagement, --results',
      expected: 'one --engagement with its --results, several in pairs, or --batch',
      found: `${engagement.length} --engagement, ${results.length} --results`,
      remedy: 'Give both options once for each attestation, in the same order.',
    })
  }
  return engagement.map((file, index) => ({
    engagement: file,
    results: [results[index] ?? ''],
    ...common,
  }))
}

async function fromManifest(file: string, flags: AttestationFlags): Promise<AttestationFiles[]> {
  const kind = { title: 'a manifest', validator: generated.BatchForm }
  const parsed = parseForm(await readFileBytes(file), file, kind)
  if (!parsed.ok) throw refusal(...parsed.complaints)
  const inManifest = (path: string) => resolve(dirname(file), path)
  return parsed.form.attestations.map((each, index) => {
    const accreditation =
      each.accreditation === undefined ? flags.accreditation : inManifest(each.accreditation)
    if (accreditation === undefined) {
      throw noAccreditation(placeIn(file, `/attestations/${index}/accreditation`))
    }
    const evidence = each.evidence === undefined ? flags.evidence : inManifest(each.evidence)
    return {
      engagement: inManifest(each.engagement),
      results: [each.results].flat().map(inManifest),
      accreditation,
      ...(evidence === undefined ? {} : { evidence }),
    }
  })
}

function noAccreditation(where: string) {
  return usageError({
    what: 'It is not said under which accreditation this is attested.',
    where,
    expected: 'the file of a VerifierAccreditation',
    found: 'nothing',
    remedy: 'Add --accreditation FILE.',
  })
}
