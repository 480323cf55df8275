import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { formatInstant, parseInstant } from '@battery-passport/contexts'
import { syncFolder, writeSynced } from '@battery-passport/keys/files'
import type { StatusList } from '@battery-passport/verifier'
import { hexDigest } from '../hex-digest.ts'
import { signCredential, textOfSecured } from '../sign-credential.ts'
import { listValidity } from '../status-lists.ts'
import { currentLists } from './current-lists.ts'
import { DeskError } from './desk-error.ts'
import { endingOf, FOLDERS } from './places.ts'
import { NEXT } from './recover.ts'
import { checkOwnSignature, type Workbench } from './workbench.ts'

/** A list is never dated further ahead of the clock than a verifier allows for skew, in seconds. */
const MAXIMUM_LEAD = 60

/**
 * Sign, store beside the old editions, record, put in their place: at every point there is one
 * whole edition of each list, and the log says which it is.
 */
export async function publishLists(
  bench: Workbench,
  now: string,
  validitySeconds: number,
): Promise<readonly StatusList[]> {
  const created = publicationTime(bench, now)
  const lists = await signLists(bench, created, validitySeconds)
  await bench.done('lists-signed')
  const files = lists.map(({ name, secured }) => {
    const text = textOfSecured(secured)
    return { id: secured.id, file: `${name}${endingOf(text)}`, sha256: hexDigest(text), text }
  })
  const folder = join(bench.folder, FOLDERS.lists)
  await bench.turns.orFail(async () => {
    for (const { file, text } of files) await writeSynced(join(folder, `${file}${NEXT}`), text, 'w')
    await syncFolder(folder)
  })
  await bench.done('lists-written')
  const published = files.map(({ id, file, sha256 }) => ({ id, file, sha256 }))
  await bench.record([{ kind: 'published', at: created, lists: published }])
  await bench.done('lists-recorded')
  await bench.turns.orFail(async () => {
    for (const { file } of files) await rename(join(folder, `${file}${NEXT}`), join(folder, file))
    await syncFolder(folder)
  })
  await bench.done('lists-in-place')
  return lists.map(({ secured }) => secured)
}

async function signLists(
  { state, deskFile, signer, form }: Workbench,
  created: string,
  validitySeconds: number,
): Promise<readonly { readonly name: string; readonly secured: StatusList }[]> {
  const lists = currentLists({ state, deskFile }, listValidity(created, validitySeconds))
  return Promise.all(
    lists.map(async ({ name, unsecured }) => {
      const options = { signer, created, form }
      const secured = await signCredential('BitstringStatusListCredential', unsecured, options)
      await checkOwnSignature(secured, signer)
      return { name, secured }
    }),
  )
}

/**
 * A verifier takes the edition that was signed last, so two of the same second would leave it a
 * choice: an edition that follows another within its second is dated one second later. Nor does a
 * list name a notice that was signed after it.
 */
function publicationTime({ folder, state }: Workbench, now: string): string {
  const at = parseInstant(now)
  if (at === null) throw new TypeError(`publishLists: expected RFC 3339 with Z, found ${now}`)
  const last = parseInstant(state.published?.at ?? '')
  const notices = state.everyNotice.map(({ signed }) => parseInstant(signed) ?? 0)
  const earliest = Math.max(last === null ? 0 : last + 1, ...notices)
  if (earliest <= at) return now
  if (earliest - at <= MAXIMUM_LEAD) return formatInstant(earliest)
  throw new DeskError('DESK_CLOCK', {
    place: `desk ${folder}`,
    expected: `a time after the last publication and the last notice, ${formatInstant(earliest)}`,
    found: now,
    remedy: 'Set the clock right: an edition with an earlier date would count for nothing.',
  })
}
