import { createInterface } from 'node:readline'
import { DeskError, openDesk } from '@battery-passport/issuer'
import { signerFromJwk } from '@battery-passport/keys'
import { CREATED, identityDraft } from './desk-room.ts'

/**
 * Another process at a desk: `other-process.ts FOLDER hold` has it open until stdin ends,
 * `… issue FIRST COUNT` opens it for each credential anew and waits its turn. The first line of
 * stdin is the private JWK.
 */
const [folder = '', task = '', first = '0', count = '0'] = process.argv.slice(2)
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const line = await lines.next()
const signer = signerFromJwk(JSON.parse(line.done ? '' : line.value))

if (task === 'hold') {
  const desk = await openDesk({ folder, signer })
  console.log('open')
  await lines.next()
  await desk.close()
} else {
  for (let number = Number(first); number < Number(first) + Number(count); number++) {
    const desk = await inTurn()
    await desk.issue('RegisteredIdentity', identityDraft(signer.did, number), { created: CREATED })
    await desk.close()
  }
}

async function inTurn() {
  for (;;) {
    try {
      return await openDesk({ folder, signer })
    } catch (error) {
      if (!(error instanceof DeskError) || error.code !== 'DESK_LOCKED') throw error
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}
