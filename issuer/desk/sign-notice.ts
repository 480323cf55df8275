import { randomUUID } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { StatusPurpose } from '@battery-passport/contexts'
import { FOLDER_MODE, syncFolder, writeSynced } from '@battery-passport/keys/files'
import { hexDigest } from '../hex-digest.ts'
import { readSigned, signCredential, textOfSecured } from '../sign-credential.ts'
import {
  type NoticeTerms,
  noticeStart,
  noticeValidity,
  withdrawalNotice,
} from '../withdrawal-notice.ts'
import type { Noticed } from './entries.ts'
import { checkNoticeRoom } from './notice-room.ts'
import { endingOf, FOLDERS } from './places.ts'
import type { IssuedRecord } from './state.ts'
import { checkOwnSignature, type Workbench } from './workbench.ts'

/** A notice that was signed and counts nowhere yet. */
interface SignedNotice {
  readonly noticed: Noticed
  /** Writes it to the disk. */
  store(): Promise<void>
}

/**
 * Signs the notice of a change.
 *
 * @throws {IssuanceError} NOTICE_REFUSED
 * @throws {DeskError} NOTICES_FULL
 */
export async function signNotice(
  bench: Workbench,
  record: IssuedRecord,
  about: { readonly at: string; readonly purpose: StatusPurpose; readonly notice: NoticeTerms },
): Promise<SignedNotice> {
  const { signer, form, folder } = bench
  const { at, purpose, notice } = about
  const text = await readFile(join(folder, FOLDERS.issued, record.file), 'utf8')
  const uuid = randomUUID()
  const unsecured = withdrawalNotice({
    ...notice,
    id: `urn:uuid:${uuid}`,
    issuer: signer.did,
    withdrawn: readSigned(record.type, text),
    ...noticeValidity(at),
  })
  const secured = await signCredential('WithdrawalNotice', unsecured, { signer, created: at, form })
  await checkOwnSignature(secured, signer)
  const written = textOfSecured(secured)
  const file = `${record.generation}-${record.index}-${uuid}${endingOf(written)}`
  const { id, digestMultibase } = secured
  const noticed = {
    id,
    digestMultibase,
    file,
    sha256: hexDigest(written),
    signed: at,
    since: noticeStart(secured),
    ...(notice.indicators === undefined ? {} : { indicators: [...notice.indicators] }),
  }
  checkNoticeRoom(bench, record, purpose, noticed)
  await bench.done('notice-signed')
  return { noticed, store: () => store(bench, file, written) }
}

async function store(bench: Workbench, file: string, text: string): Promise<void> {
  const notices = join(bench.folder, FOLDERS.notices)
  await bench.turns.orFail(async () => {
    await mkdir(notices, { recursive: true, mode: FOLDER_MODE })
    await writeSynced(join(notices, file), text, 'wx')
    await syncFolder(notices)
    await syncFolder(bench.folder)
  })
  await bench.done('notice-written')
}
