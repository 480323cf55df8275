import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import {
  createDesk,
  type Desk,
  DeskError,
  type DeskFault,
  openDesk,
} from '@battery-passport/issuer'
import type { Signer } from '@battery-passport/keys'
import { CommandError, type Complaint, EXIT, usageError } from '../errors.ts'
import { unreadable } from '../input/read-file.ts'
import type { DeskFlags } from './desk-options.ts'

/** An absolute URI under which the ids of the lists can stand. */
const STATUS_BASE =
  /^(https:\/\/[\x21-\x7e]{1,400}|urn:[a-z0-9][a-z0-9-]{0,31}:[\x21-\x7e]{1,400})$/

/** Refusals of what was asked for; every other fault is one of the folder. */
const REFUSALS: readonly DeskFault[] = [
  'ID_TAKEN',
  'NOT_ISSUED',
  'REVOKED_FOR_GOOD',
  'NOTICES_FULL',
]

/**
 * Opens a desk, making it if there is none and the options say under which address its lists stand;
 * lets it go again whatever happens.
 *
 * @throws {CommandError} for what the desk refuses
 */
export async function withDesk<T>(
  flags: DeskFlags,
  signer: Signer,
  work: (desk: Desk) => Promise<T>,
): Promise<T> {
  try {
    await makeIfMissing(flags, signer.did)
    const desk = await openDesk({ folder: flags.desk, signer })
    try {
      assertBase(desk, flags.statusBase)
      return await work(desk)
    } finally {
      await desk.close()
    }
  } catch (error) {
    if (!(error instanceof DeskError)) {
      throw error instanceof Error && 'syscall' in error ? unreadable(flags.desk, error) : error
    }
    const exitCode = REFUSALS.includes(error.code) ? EXIT.refused : EXIT.usage
    throw new CommandError(exitCode, [deskComplaint(error)])
  }
}

async function makeIfMissing({ desk, statusBase }: DeskFlags, did: string): Promise<void> {
  if (statusBase !== undefined && !STATUS_BASE.test(statusBase)) {
    throw usageError({
      what: 'The address of the status lists cannot be used.',
      where: '--status-base',
      expected: 'an https URL without spaces, or a URN such as urn:uuid:…',
      found: statusBase,
      remedy: 'Name the place where you will publish the lists.',
    })
  }
  if (await isDesk(desk)) return
  if (statusBase === undefined) {
    throw usageError({
      what: 'There is no desk in this folder.',
      where: desk,
      expected: 'the folder of a desk',
      found: 'none',
      remedy:
        'Correct the path. The first thing a body signs makes its desk: identify, accredit or attest with --status-base, the address of its lists.',
    })
  }
  await createDesk({ folder: desk, did, statusBase })
}

function isDesk(folder: string): Promise<boolean> {
  return stat(join(folder, 'desk.json')).then(
    () => true,
    () => false,
  )
}

/** Credentials name the lists, so another address would be a promise that cannot be kept. */
function assertBase({ statusBase }: Desk, wanted: string | undefined): void {
  if (wanted === undefined || wanted === statusBase) return
  throw usageError({
    what: 'The desk has its status lists under another address, which cannot change.',
    where: '--status-base',
    expected: statusBase,
    found: wanted,
    remedy: 'Leave --status-base out, or name another folder for a new desk.',
  })
}

/** What is wrong, by the code of the desk. */
const WHAT: Readonly<Record<DeskFault, string>> = {
  DESK_MISSING: 'There is no desk.',
  DESK_EXISTS: 'There is something where the desk would be.',
  DESK_LOCKED: 'The desk is in use.',
  DESK_PERMISSIONS: 'Others may read or write the desk.',
  DESK_DAMAGED: 'The desk is damaged.',
  DESK_FAILED: 'The desk could not be written.',
  DESK_CLOSED: 'The desk is closed.',
  DESK_CLOCK: 'The clock stands before the last publication.',
  ISSUER_MISMATCH: 'The desk is that of another DID.',
  ID_TAKEN: 'A credential with this id was issued before.',
  NOT_ISSUED: 'The desk did not issue this credential.',
  REVOKED_FOR_GOOD: 'What is withdrawn stays withdrawn.',
  NOTICES_FULL: 'The list of the credential can name no more notices.',
}

function deskComplaint({ code, refusal }: DeskError): Complaint {
  const { place, ...rest } = refusal
  return { what: `${code}: ${WHAT[code]}`, where: place, ...rest }
}
