import { mkdir, writeFile } from 'node:fs/promises'
import { sha256 } from '@battery-passport/contexts'
import { timestampRequest } from '@battery-passport/keys'
import { opensslAuthority } from '../../support/openssl-authority.ts'

/**
 * Makes the timestamps beside this file anew, with openssl, so that tests read those of another
 * implementation where it is absent: `npx tsx test/keys/timestamps/make.ts`. The keys are thrown away.
 */
const folder = new URL('./', import.meta.url)
const stamped = 'What was stamped, to be read for as long as these tests run.\n'
await mkdir(folder, { recursive: true })
await writeFile(new URL('stamped.txt', folder), stamped)
for (const key of ['EC', 'RSA'] as const) {
  const authority = opensslAuthority(key)
  const { bytes } = await timestampRequest(sha256(stamped))
  const name = key.toLowerCase()
  await writeFile(new URL(`${name}.tsr`, folder), authority.answer(bytes))
  await writeFile(new URL(`${name}.root.pem`, folder), authority.root)
  await writeFile(new URL(`${name}.own.pem`, folder), authority.own)
  authority.remove()
}
