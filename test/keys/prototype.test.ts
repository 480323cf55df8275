import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** Run by itself, in a process that still has the accessor `Object.prototype.__proto__`. */
const script = `
  import { checkDataIntegrity, generateSigner, secureWithDataIntegrity } from '@battery-passport/keys'
  import { CREATED, sampleCredential } from './test/keys/sample.ts'
  const signer = generateSigner()
  const { publicKey } = signer
  const options = { signer, cryptosuite: 'eddsa-rdfc-2022', created: CREATED }
  const honest = await secureWithDataIntegrity(sampleCredential(signer), options)
  const outcomes = []
  for (const id of ['__proto__', 'constructor', 'toString']) {
    const subject = { ...honest.credentialSubject, id }
    for (const hostile of [{ ...honest, id }, { ...honest, credentialSubject: subject }]) {
      outcomes.push((await checkDataIntegrity(hostile, { publicKey })).ok)
      outcomes.push((await checkDataIntegrity(honest, { publicKey })).ok)
    }
  }
  const polluted = [...Object.keys(Object.prototype), ...Object.keys(Object.prototype.toString)]
  console.log(JSON.stringify({ accessor: '__proto__' in Object.prototype, outcomes, polluted }))
`

describe('Without --disable-proto=delete', () => {
  it('no credential writes to the prototype of all objects', async () => {
    const root = fileURLToPath(new URL('../..', import.meta.url))
    const { NODE_OPTIONS: _, ...env } = process.env
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import=tsx', '--input-type=module', '--eval', script],
      { cwd: root, env },
    )
    const { accessor, outcomes, polluted } = JSON.parse(stdout)
    assert.equal(accessor, true)
    assert.deepEqual(outcomes, Array.from({ length: 6 }, () => [false, true]).flat())
    assert.deepEqual(polluted, [])
  })
})
