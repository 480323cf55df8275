import type { SupplyChainRow } from '@battery-passport/contexts'
import { attestCustody, type CustodyContext, type CustodyRequest } from '@battery-passport/issuer'
import { PLACEHOLDER_STATUS } from '../desk/placeholder-status.ts'
import { type Complaint, refusal, usageError } from '../errors.ts'
import { credentialFrame } from '../forms/credential-frame.ts'
import type { CustodyForm } from '../forms/custody.ts'
import { parseForm } from '../forms/parse-form.ts'
import * as generated from '../generated/typed-validators.ts'
import { placeIn } from '../input/read-document.ts'
import { readFileBytes } from '../input/read-file.ts'
import { issuanceComplaint, issuanceFaults, type Origin } from '../issuance-complaints.ts'
import { misplaced } from '../stages/misplaced.ts'
import { percentShares } from '../stages/percent-shares.ts'
import type { StageVocabulary } from '../stages/stage-vocabulary.ts'
import { readNumberedSupplyChain } from '../tables/supply-chain-table.ts'

/** The files of one custody attestation. */
export interface CustodyFiles {
  readonly form: string
  /** The table of its rows, unless the form has them. */
  readonly supplyChain?: string
}

/** What all custody attestations of a call are made with. */
export interface CustodySurroundings {
  readonly context: CustodyContext
  /** The file of the accreditation, for messages. */
  readonly accreditation: string
  /** The stages and materials that are known. */
  readonly stages: StageVocabulary
}

/** A custody attestation that can be signed as it is. */
export interface PreparedCustody {
  readonly files: CustodyFiles
  readonly request: Omit<CustodyRequest, 'credentialStatus'>
  readonly origin: Origin
  /** What may be signed and is likely not meant. */
  readonly warnings: readonly Complaint[]
}

/**
 * Reads the files of one custody attestation and checks everything that a verifier will: all faults
 * at once, each with its file and its row or JSON pointer. Nothing is signed.
 *
 * @throws {CommandError} usage: a file cannot be read, or the rows stand in two places or in none;
 *   refused, with every fault
 */
export async function prepareCustody(
  files: CustodyFiles,
  { context, accreditation, stages }: CustodySurroundings,
): Promise<PreparedCustody> {
  const { form: file } = files
  const kind = { title: 'a custody attestation', validator: generated.CustodyForm }
  const parsed = parseForm(await readFileBytes(file), file, kind)
  if (!parsed.ok) throw refusal(...parsed.complaints)
  const { supplyChain, place } = await rowsOf(parsed.form, files)
  const { subject, ...rest } = parsed.form
  const request = {
    ...credentialFrame(rest, context.created),
    subject: { ...subject, supplyChain: [...supplyChain] },
  }
  const origin: Origin = (pointer) => {
    const row = /^\/credentialSubject\/supplyChain\/(\d+)(?:\/(\w+))?/.exec(pointer)
    if (row !== null) return place(Number(row[1]), row[2])
    if (pointer.startsWith('/credentialSubject/accreditation')) return accreditation
    return placeIn(file, pointer.replace(/^\/credentialSubject(?=\/|$)/, '/subject'))
  }
  const unknown = unknownPlaces(supplyChain, stages, place)
  const faults = issuanceFaults(() =>
    attestCustody({ ...request, credentialStatus: PLACEHOLDER_STATUS }, context),
  )
  const complaints = [
    ...unknown.complaints,
    ...faults.map((fault) => issuanceComplaint(fault, origin)),
  ]
  if (complaints.length > 0) throw refusal(...complaints)
  const warnings = [...unknown.warnings, ...percentShares(supplyChain, place)]
  return { files, request, origin, warnings }
}

type PlaceOfRow = (index: number, member?: string) => string

/** The rows, and where a person finds each: in the form or in the table, never in both. */
async function rowsOf(
  { subject }: CustodyForm,
  { form, supplyChain: table }: CustodyFiles,
): Promise<{ readonly supplyChain: readonly SupplyChainRow[]; readonly place: PlaceOfRow }> {
  const own = subject.supplyChain
  if ((own === undefined) === (table === undefined)) {
    throw usageError({
      what:
        own === undefined ? 'No rows are given.' : 'The rows are given twice: which are assured?',
      where: placeIn(form, '/subject/supplyChain'),
      expected: 'the assured rows here, or in a table with --supply-chain',
      found: own === undefined ? 'neither' : `both; the table is ${table}`,
      remedy:
        own === undefined
          ? 'Add --supply-chain ROWS.csv, or write the rows into the form.'
          : 'Leave one of the two out.',
    })
  }
  if (table === undefined) {
    return {
      supplyChain: own ?? [],
      place: (index, member) =>
        placeIn(form, `/subject/supplyChain/${index}${member === undefined ? '' : `/${member}`}`),
    }
  }
  const { rows, numbers } = readNumberedSupplyChain(await readFileBytes(table), table)
  return {
    supplyChain: rows,
    place: (index, member) =>
      `${table}, row ${numbers[index]}${member === undefined ? '' : `, column ${member}`}`,
  }
}

/**
 * Rows of a stage or material that nothing at hand knows. What is nearly a known name is refused, for
 * a passport that spells it right would not be covered; what is like none may be of a method that is
 * not at hand.
 */
function unknownPlaces(
  rows: readonly SupplyChainRow[],
  stages: StageVocabulary,
  place: PlaceOfRow,
): { readonly complaints: readonly Complaint[]; readonly warnings: readonly Complaint[] } {
  const complaints: Complaint[] = []
  const warnings: Complaint[] = []
  for (const [index, row] of rows.entries()) {
    const fault = misplaced(stages, row)
    if (fault === null) continue
    const { member, expected, found, meant } = fault
    const own = 'A method of your own is read with --rulebooks DIR.'
    const remedy =
      meant === undefined
        ? `Correct it if it is a mistake: it covers only rows that say the same. ${own}`
        : `Write ${meant} if that is meant. ${own}`
    const what = `No method at hand counts a row with this ${member}.`
    const into = meant === undefined ? warnings : complaints
    into.push({ what, where: place(index, member), expected, found, remedy })
  }
  return { complaints, warnings }
}
