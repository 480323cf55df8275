import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { decodeInput } from '@battery-passport/verifier'
import { accreditationForm, identityForm } from './support/papers.ts'
import { parseJson } from './support/parse-json.ts'
import { type Workshop, workshop } from './support/workshop.ts'

const BASE = ['--status-base', 'https://body.example/status']

/** The one credential of a file, as verifiers read it. */
async function credentialIn(file: string) {
  const [document] = decodeInput(await readFile(file)).documents
  assert.ok(document?.ok, JSON.stringify(document))
  return document.secured
}

describe('battery-passport identify', () => {
  let room: Workshop
  beforeEach(async () => {
    room = await workshop()
  })
  afterEach(() => room.remove())
  const identify = (form: string, out: string, ...more: string[]) =>
    room.run(['identify', ...room.desk('registrar'), ...BASE, '--in', form, '--out', out, ...more])

  it('signs whose DID this is, covering the key of a did:key where none is listed', async () => {
    const form = await room.write('identity.json', identityForm(room.did.maker))
    const { code, out, err } = await identify(form, room.at('out.json'), '--json')
    assert.equal(code, 0, err)
    const secured = await credentialIn(room.at('out.json'))
    assert.equal(secured.issuer, room.did.registrar)
    const { credentialSubject: subject } = secured.credential
    assert.ok('keys' in subject && 'facilities' in subject)
    const shown = await room.must(['keys', 'show', room.at('maker.key.json'), '--json'])
    const { thumbprint } = parseJson(shown.out)
    const { validFrom: from, validUntil: until } = secured.credential
    assert.deepEqual(subject.keys, [{ thumbprint, from, until }])
    assert.deepEqual(subject.facilities, [])
    const [line] = [...Object(parseJson(out).issued)]
    assert.equal(line.digestMultibase, secured.digestMultibase)
  })

  it('signs several in one call, or none of them', async () => {
    const good = await room.write('good.json', identityForm(room.did.maker))
    const other = await room.write('other.json', identityForm(room.did.miner))
    const self = await room.write('self.json', identityForm(room.did.registrar))
    const [a, b] = [room.at('a.json'), room.at('b.json')]
    const refused = await identify(good, a, '--in', self, '--out', b)
    assert.equal(refused.code, 1)
    assert.match(refused.err, /Nobody registers itself[\s\S]*self\.json \/subject\/id/)
    assert.deepEqual(
      [existsSync(a), existsSync(b), existsSync(room.at('registrar'))],
      [false, false, false],
    )
    assert.equal((await identify(good, a, '--in', other, '--out', b)).code, 0)
    assert.notEqual((await credentialIn(a)).id, (await credentialIn(b)).id)
  })

  it('names every wrong place of a form', async () => {
    const { subject, ...frame } = identityForm(room.did.maker)
    const { legalName: _, ...rest } = subject
    const form = await room.write('bad.json', {
      ...frame,
      validUntill: 'x',
      subject: { ...rest, lei: 'abc', role: [] },
    })
    const { code, out, err } = await identify(form, room.at('out.json'))
    assert.equal(code, 1)
    assert.equal(out, '')
    for (const pointer of ['/validUntill', '/subject/legalName', '/subject/lei', '/subject/role']) {
      assert.ok(err.includes(`bad.json ${pointer}\n`), pointer)
    }
    const flat = err.replaceAll(/\s+/g, ' ')
    assert.match(
      flat,
      /\/validUntill expected: one of [^:]*\bvalidUntil\b[^:]* found: "validUntill"/,
    )
    assert.match(flat, /to do: Did you mean "validUntil"\?/)
    assert.match(flat, /\/subject\/role expected: one of [^:]*\blegalName\b[^:]* found: "role"/)
  })

  it('names the wrong places of several forms at once', async () => {
    const a = await room.write('a.json', { ...identityForm(room.did.maker), a: 1 })
    const b = await room.write('b.json', { ...identityForm(room.did.miner), b: 1 })
    const { code, err } = await identify(a, room.at('x'), '--in', b, '--out', room.at('y'))
    assert.equal(code, 1)
    assert.match(err, /a\.json \/a\n[\s\S]*b\.json \/b\n/)
  })

  it('refuses a form that is no strict JSON', async () => {
    for (const content of ['{"a":1,"a":2}', '{"a":1.5}', '{', '\u00ff', '[null]']) {
      const form = await room.write('bad.json', Buffer.from(content, 'latin1'))
      const { code, err } = await identify(form, room.at('out.json'))
      assert.equal(code, 64, content)
      assert.match(err, /not strict JSON[\s\S]*bad\.json/)
    }
  })

  it('never replaces an output unless told to, and signs nothing before it knows', async () => {
    const form = await room.write('identity.json', identityForm(room.did.maker))
    await room.write('out.json', 'mine')
    const { code, err } = await identify(form, room.at('out.json'))
    assert.equal(code, 64)
    assert.match(err, /exists already/)
    assert.equal(await readFile(room.at('out.json'), 'utf8'), 'mine')
    assert.equal(existsSync(room.at('registrar')), false)
    assert.equal((await identify(form, room.at('out.json'), '--force')).code, 0)
    await credentialIn(room.at('out.json'))
  })

  it('makes a desk only when it is told where its lists stand, and never moves them', async () => {
    const form = await room.write('identity.json', identityForm(room.did.maker))
    const argv = ['identify', ...room.desk('registrar'), '--in', form, '--out', room.at('a.json')]
    const none = await room.run(argv)
    assert.equal(none.code, 64)
    assert.match(none.err, /no desk[\s\S]*--status-base/)
    assert.equal((await room.run([...argv, '--status-base', 'http://x.example'])).code, 64)
    await room.must([...argv, '--status-base', 'urn:uuid:7c5d9c1e-7d6f-4a6e-9a43-7e9bb64a3d10'])
    const moved = await room.run([...argv, '--force', ...BASE])
    assert.equal(moved.code, 64)
    assert.match(moved.err, /cannot change/)
    await room.must([...argv, '--force'])
  })

  it('refuses the desk of another key', async () => {
    const form = await room.write('identity.json', identityForm(room.did.maker))
    await room.must([
      'identify',
      ...room.desk('registrar'),
      ...BASE,
      '--in',
      form,
      '--out',
      room.at('a.json'),
    ])
    const { code, err } = await room.run([
      'identify',
      ...['--key', room.at('council.key.json'), '--desk', room.at('registrar')],
      ...['--in', form, '--out', room.at('b.json')],
    ])
    assert.equal(code, 64)
    assert.match(err, /ISSUER_MISMATCH/)
    assert.equal(existsSync(room.at('b.json')), false)
  })

  it('refuses a wrong passphrase, and says nothing of the right one', async () => {
    const form = await room.write('identity.json', identityForm(room.did.maker))
    const { code, err } = await room.run(
      ['identify', ...room.desk('registrar'), ...BASE, '--in', form, '--out', room.at('a.json')],
      { env: { BATTERY_PASSPORT_PASSPHRASE: 'another horse battery staple' } },
    )
    assert.equal(code, 64)
    assert.match(err, /KEY_FILE_PASSPHRASE/)
    assert.doesNotMatch(err, /horse/)
  })

  it('secures in the form that is asked for, if the key can', async () => {
    const form = await room.write('identity.json', identityForm(room.did.maker))
    assert.equal((await identify(form, room.at('a.jwt'), '--suite', 'vc+jwt')).code, 0)
    assert.equal((await credentialIn(room.at('a.jwt'))).securing.form, 'vc+jwt')
    const { code, err } = await identify(form, room.at('b.json'), '--suite', 'ecdsa-rdfc-2019')
    assert.equal(code, 64)
    assert.match(err, /P-256/)
  })

  it('asks for as many outputs as inputs', async () => {
    const form = await room.write('identity.json', identityForm(room.did.maker))
    const { code, err } = await identify(form, room.at('a.json'), '--in', form)
    assert.equal(code, 64)
    assert.match(err, /2 --in, 1 --out/)
  })
})

describe('battery-passport accredit', () => {
  let room: Workshop
  beforeEach(async () => {
    room = await workshop()
  })
  afterEach(() => room.remove())
  const accredit = (form: string, out: string, ...more: string[]) =>
    room.run(['accredit', ...room.desk('council'), ...BASE, '--in', form, '--out', out, ...more])

  it('signs who may attest what, naming rulebooks by their digests', async () => {
    const form = await room.write('form.json', accreditationForm(room.did.climate))
    const { code, err } = await accredit(form, room.at('out.json'))
    assert.equal(code, 0, err)
    const { credential, issuer } = await credentialIn(room.at('out.json'))
    assert.equal(issuer, room.did.council)
    assert.ok('scope' in credential.credentialSubject)
    const [entry] = credential.credentialSubject.scope
    assert.equal(entry?.rulebookDigests?.length, 1)
    assert.equal(Object.hasOwn(entry ?? {}, 'rulebookVersions'), false)
  })

  it('names a rulebook or version that is not known, with those that are', async () => {
    const { subject, ...frame } = accreditationForm(room.did.climate)
    const [entry] = subject.scope
    const scope = [
      { ...entry, rulebookVersions: ['1.0.0', '9.9.9'] },
      { ...entry, rulebook: 'greenhouse-gases' },
    ]
    const form = await room.write('form.json', { ...frame, subject: { ...subject, scope } })
    const { code, err } = await accredit(form, room.at('out.json'))
    assert.equal(code, 1)
    assert.match(
      err,
      /no version 9\.9\.9[\s\S]*\/subject\/scope\/0\/rulebookVersions[\s\S]*version 1\.0\.0/,
    )
    assert.match(err, /no rulebook greenhouse-gases[\s\S]*Write greenhouse-gas if/)
  })

  it('warns of a stage or material that nothing at hand knows, with the nearest, and signs', async () => {
    const form = accreditationForm(room.did.climate)
    const [entry] = form.subject.scope
    const scope = [{ ...entry, stages: ['mining', 'refning'], materials: ['*', 'colbalt'] }, entry]
    const input = await room.write('odd.json', { ...form, subject: { ...form.subject, scope } })
    const { code, err } = await accredit(input, room.at('odd.out.json'))
    const flat = err.replaceAll(/\s+/g, ' ')
    assert.equal(code, 0, err)
    assert.match(
      flat,
      /warning: [^!]*"refning"\. where: \S+odd\.json \/subject\/scope\/0\/stages\/1 expected: one of mining, refining, .*, or \* found: refning to do: Did you mean "refining"\?/,
    )
    assert.match(flat, /\/subject\/scope\/0\/materials\/1 [^!]* Did you mean "cobalt"\?/)
    assert.equal(err.match(/^warning:/gm)?.length, 2)
    const plain = await accredit(await room.write('plain.json', form), room.at('plain.out.json'))
    assert.doesNotMatch(plain.err, /warning:/)
  })

  it('takes rulebooks of a folder', async () => {
    const shipped = await room.must(['rulebooks', 'show', 'greenhouse-gas', '--json'])
    const own = { ...parseJson(shipped.out), key: 'my-rulebook', version: '2.0.0' }
    await room.write('own/my-rulebook.json', own)
    const { subject, ...frame } = accreditationForm(room.did.climate)
    const scope = subject.scope.map((entry) => ({
      ...entry,
      rulebook: 'my-rulebook',
      rulebookVersions: ['2.0.0'],
    }))
    const form = await room.write('form.json', { ...frame, subject: { ...subject, scope } })
    assert.equal((await accredit(form, room.at('a.json'))).code, 1)
    assert.equal((await accredit(form, room.at('a.json'), '--rulebooks', room.at('own'))).code, 0)
  })

  it('delegates within the scope of the delegator alone', async () => {
    const outer = accreditationForm(room.did.council)
    const mine = await room.write('outer.json', {
      ...outer,
      subject: {
        ...outer.subject,
        mayDelegate: true,
        scope: outer.subject.scope.map((entry) => ({ ...entry, stages: ['refining'] })),
      },
    })
    const owner = ['accredit', ...room.desk('registrar'), ...BASE]
    await room.must([...owner, '--in', mine, '--out', room.at('council.json')])
    const wide = await room.write('wide.json', accreditationForm(room.did.climate))
    const by = ['--accredited-by', room.at('council.json')]
    const refused = await accredit(wide, room.at('a.json'), ...by)
    assert.equal(refused.code, 1)
    assert.match(refused.err, /ACCREDITATION_SCOPE[\s\S]*wide\.json \/subject\/scope\/0/)
    const flat = refused.err.replaceAll(/\s+/g, ' ')
    assert.match(flat, /short of: stage\. .* expected: stage refining found: stage \S/)
    const inner = accreditationForm(room.did.climate)
    const narrow = await room.write('narrow.json', {
      ...inner,
      subject: {
        ...inner.subject,
        scope: inner.subject.scope.map((entry) => ({ ...entry, stages: ['refining'] })),
      },
    })
    assert.equal((await accredit(narrow, room.at('a.json'), ...by)).code, 0)
    const { credential } = await credentialIn(room.at('a.json'))
    assert.ok('accreditedBy' in credential.credentialSubject)
  })

  it('refuses an accreditation that has ended, or outlasts the one of its signer', async () => {
    const outer = accreditationForm(room.did.council)
    const mine = await room.write('outer.json', {
      ...outer,
      subject: { ...outer.subject, mayDelegate: true },
    })
    const owner = ['accredit', ...room.desk('registrar'), ...BASE]
    await room.must([...owner, '--in', mine, '--out', room.at('council.json')])
    const by = ['--accredited-by', room.at('council.json')]
    const inner = accreditationForm(room.did.climate)
    for (const [validUntil, message] of [
      ['2025-12-31T23:59:59Z', /has ended already/],
      ['2029-01-01T00:00:00Z', /outlast the one that its signer holds/],
    ] as const) {
      const form = await room.write('form.json', { ...inner, validUntil })
      const { code, err } = await accredit(form, room.at('a.json'), ...by)
      assert.equal(code, 1)
      assert.match(err, message)
      assert.match(err, /form\.json \/validUntil/)
      assert.equal(existsSync(room.at('a.json')), false)
    }
    const form = await room.write('form.json', inner)
    const { code, err } = await accredit(form, room.at('a.json'), ...by)
    assert.equal(code, 0)
    assert.doesNotMatch(err, /anchor/)
  })

  it('says who must be an anchor when nobody accredits the signer', async () => {
    const form = await room.write('form.json', accreditationForm(room.did.climate))
    const { err } = await accredit(form, room.at('a.json'))
    assert.match(err.replaceAll(/\s+/g, ' '), /names this DID as an anchor/)
    assert.ok(err.includes(room.did.council))
  })

  it('refuses as --accredited-by what is no accreditation', async () => {
    const form = await room.write('form.json', accreditationForm(room.did.climate))
    const identity = await room.write('identity.json', identityForm(room.did.maker))
    const out = room.at('identity.credential.json')
    await room.must([
      'identify',
      ...room.desk('registrar'),
      ...BASE,
      '--in',
      identity,
      '--out',
      out,
    ])
    const { code, err } = await accredit(form, room.at('a.json'), '--accredited-by', out)
    assert.equal(code, 1)
    assert.match(err, /no VerifierAccreditation[\s\S]*RegisteredIdentity/)
  })
})
