import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { openDesk } from '@battery-passport/issuer'
import { passphraseFrom, readKeyFile } from '@battery-passport/keys'
import { decodeBitstring, decodeInput, isOfType } from '@battery-passport/verifier'
import { identityForm } from './support/papers.ts'
import { parseJson } from './support/parse-json.ts'
import { PASSPHRASE, type Workshop, workshop } from './support/workshop.ts'

const LATER = '2026-10-02T00:00:00Z'

describe('battery-passport lists, revoke, suspend and reinstate', () => {
  let room: Workshop
  let id: string
  beforeEach(async () => {
    room = await workshop()
    const form = await room.write('identity.json', identityForm(room.did.maker))
    const { out } = await room.must([
      'identify',
      ...room.desk('registrar'),
      ...['--status-base', 'https://registrar.example/status'],
      ...['--in', form, '--out', room.at('maker.json'), '--json'],
    ])
    const [line] = [...Object(parseJson(out).issued)]
    id = String(line.id)
  })
  afterEach(() => room.remove())

  /** How many bits are set in the written list of a purpose. */
  const bits = async (purpose: string) => {
    const [document] = decodeInput(await readFile(room.at('status', `${purpose}-1.json`))).documents
    assert.ok(document?.ok && isOfType(document.secured, 'BitstringStatusListCredential'))
    const { encodedList } = document.secured.credential.credentialSubject
    const decoded = decodeBitstring(encodedList)
    assert.ok(decoded.ok)
    return decoded.bits.reduce((sum, byte) => sum + byte.toString(2).replaceAll('0', '').length, 0)
  }
  const desk = () => room.desk('registrar')
  const status = () => ['--out', room.at('status')]

  it('signs both lists, and dates them as it is told', async () => {
    const { out } = await room.must(['lists', ...desk(), ...status(), '--days', '2', '--json'])
    const lists = [...Object(parseJson(out).lists)]
    assert.deepEqual(
      lists.map(({ id: list, validUntil }) => [list, validUntil]),
      [
        ['https://registrar.example/status/revocation-1', '2026-10-03T00:00:00Z'],
        ['https://registrar.example/status/suspension-1', '2026-10-03T00:00:00Z'],
      ],
    )
    assert.deepEqual(await readdir(room.at('status')), ['revocation-1.json', 'suspension-1.json'])
    assert.equal(await bits('revocation'), 0)
    for (const days of ['0', '400', '1.5', 'x']) {
      assert.equal((await room.run(['lists', ...desk(), ...status(), '--days', days])).code, 64)
    }
  })

  it('replaces older editions, but never the lists of another desk', async () => {
    await room.must(['lists', ...desk(), ...status()])
    await room.must(['lists', ...desk(), ...status()], { at: LATER })
    const form = await room.write('miner.json', identityForm(room.did.miner))
    const council = room.desk('council')
    const base = ['--status-base', 'https://council.example/status']
    await room.must([
      'identify',
      ...council,
      ...base,
      '--in',
      form,
      '--out',
      room.at('miner.vc.json'),
    ])
    const { code, err } = await room.run(['lists', ...council, ...status()])
    assert.equal(code, 64)
    assert.match(err.replaceAll(/\s+/g, ' '), /an older edition of https:\/\/council\.example/)
  })

  it('revokes for good', async () => {
    const { out } = await room.must(['revoke', ...desk(), id, '--reason', 'forged', ...status()])
    assert.match(out, /is revoked as of 2026-10-01/)
    assert.equal(await bits('revocation'), 1)
    const { code, err } = await room.run(['reinstate', ...desk(), id], { at: LATER })
    assert.equal(code, 1)
    assert.match(err, /REVOKED_FOR_GOOD/)
  })

  it('suspends and reinstates', async () => {
    await room.must(['suspend', ...desk(), id, ...status()])
    assert.equal(await bits('suspension'), 1)
    await room.must(['reinstate', ...desk(), id, ...status()], { at: LATER })
    assert.equal(await bits('suspension'), 0)
    assert.equal(await bits('revocation'), 0)
  })

  it('reminds that a change is not seen before the lists are published', async () => {
    const { out } = await room.must(['revoke', ...desk(), id])
    assert.match(out, /before the lists are published/)
    await room.must(['lists', ...desk(), ...status()], { at: LATER })
    assert.equal(await bits('revocation'), 1)
  })

  it('refuses what the desk has not issued, and a desk that is none', async () => {
    const unknown = await room.run(['revoke', ...desk(), 'urn:uuid:1', ...status()])
    assert.equal(unknown.code, 1)
    assert.match(unknown.err, /NOT_ISSUED/)
    assert.match(unknown.err, /^ +where: +urn:uuid:1$/m)
    assert.match(unknown.err, /^ +expected: +the id of a credential that was issued/m)
    const nowhere = await room.run(['lists', ...room.desk('council'), ...status()])
    assert.equal(nowhere.code, 64)
    assert.match(nowhere.err, /no desk in this folder/)
  })

  it('asks who issued the credential, and takes one answer', async () => {
    const neither = await room.run(['revoke', id])
    assert.equal(neither.code, 64)
    assert.match(neither.err, /--key and --desk, or --service/)
    const both = await room.run(['revoke', ...desk(), id, '--service', 'http://127.0.0.1:1'])
    assert.equal(both.code, 64)
    assert.match(both.err, /with its own key/)
  })

  it('refuses a reason of several lines', async () => {
    const { code, err } = await room.run(['revoke', ...desk(), id, '--reason', 'a\nb'])
    assert.equal(code, 64)
    assert.match(err, /one line/)
  })

  it('refuses to open a desk that another process has open, without a trace', async () => {
    const signer = await readKeyFile(room.at('registrar.key.json'), passphraseFrom(PASSPHRASE))
    const held = await openDesk({ folder: room.at('registrar'), signer })
    try {
      const { code, err } = await room.run(['lists', ...desk(), ...status()])
      assert.equal(code, 64)
      assert.match(err, /DESK_LOCKED/)
    } finally {
      await held.close()
    }
  })
})
