import { openDesk } from '@battery-passport/issuer'
import { signerFromJwk } from '@battery-passport/keys'
import { CREATED, identityDraft, identityId } from './desk-room.ts'

/**
 * A process of its own that does one of everything at a desk and kills itself after a step:
 * `killed-desk.ts FOLDER STEP`, with the private JWK on stdin.
 */
const [folder = '', step = ''] = process.argv.slice(2)
const chunks: Buffer[] = []
for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk))
const signer = signerFromJwk(JSON.parse(Buffer.concat(chunks).toString('utf8')))
const desk = await openDesk({
  folder,
  signer,
  onStep: (done) => {
    if (done === step) process.kill(process.pid, 'SIGKILL')
  },
})
await desk.issue('RegisteredIdentity', identityDraft(signer.did, 1), { created: CREATED })
await desk.revoke(identityId(1), CREATED, undefined, { reason: 'error' })
await desk.publishLists(CREATED, 86_400)
