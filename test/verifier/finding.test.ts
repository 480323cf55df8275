import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import {
  DOCUMENT_LIMITS,
  FINDING_KINDS,
  type FindingDetails,
  type FindingKind,
  finding,
  LIMITS,
} from '@battery-passport/verifier'
import { Finding } from '@battery-passport/verifier/schemas'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { listed } from '../../verifier/findings/findings.ts'
import { findingsPage } from '../../verifier/generate-findings-page.ts'
import { Consortium, ENGAGEMENT } from '../support/consortium.ts'

describe('a finding', () => {
  it('cannot be made without what was expected and what was found', () => {
    const place = { credential: '', pointer: '', detail: 'For the test.' }
    // @ts-expect-error: found is missing
    const half: FindingDetails = { ...place, expected: 'something' }
    // @ts-expect-error: expected is missing
    const other: FindingDetails = { ...place, found: 'something' }
    const whole = finding('SCHEMA', { ...half, ...other })
    assert.deepEqual([whole.expected, whole.found], ['something', 'something'])
  })

  const place = { credential: '', pointer: '', detail: 'For the test.', expected: 'a', found: 'b' }

  it('has the severity, the remedy and who mends it of its code, unless told otherwise', () => {
    const { severity, remedy, whose } = finding('SCHEMA', place)
    const kind = FINDING_KINDS.SCHEMA
    assert.deepEqual([severity, remedy, whose], [kind.severity, kind.remedy, kind.whose])
    const own = { severity: 'note', remedy: 'Look again.', whose: 'network' } as const
    assert.deepEqual(finding('SCHEMA', { ...place, ...own }), { code: 'SCHEMA', ...place, ...own })
  })

  it('shows a thousand characters of what came from outside, and of more that there were more', () => {
    const whole = 'x'.repeat(1000)
    const shown = finding('SCHEMA', { ...place, expected: whole, found: `${whole}y` })
    assert.equal(shown.expected, whole)
    assert.equal(shown.found, `${'x'.repeat(999)}…`)
  })

  it('lists eight values from outside, and says of more how many there are', () => {
    const eight = ['1', '2', '3', '4', '5', '6', '7', '8']
    assert.equal(listed(eight), '1, 2, 3, 4, 5, 6, 7, 8')
    assert.equal(listed([...eight, '9', '10'], ' '), '1 2 3 4 5 6 7 8 and 2 more')
    assert.equal(listed([]), '')
  })

  it('has the form that is published for it', () => {
    const kinds: readonly FindingKind[] = Object.values(FINDING_KINDS)
    const one = finding('SCHEMA', place)
    const hasForm = new Ajv2020({ discriminator: true, strict: false }).compile(Finding)
    for (const { severity, also = [], whose } of kinds) {
      for (const each of [severity, ...also]) {
        assert.ok(hasForm({ ...one, severity: each, whose }), `${each} ${whose}`)
      }
    }
    for (const code of Object.keys(FINDING_KINDS)) {
      assert.ok(hasForm({ ...one, code }), code)
    }
    for (const strange of [
      { code: 'OTHER' },
      { code: '' },
      { severity: 'grave' },
      { severity: '' },
      { whose: 'nobody' },
      { whose: '' },
      { credential: 7 },
      { pointer: undefined },
      { more: 'x' },
    ]) {
      assert.ok(!hasForm({ ...one, ...strange }), JSON.stringify(strange))
    }
    const { credential, pointer } = Finding.properties
    assert.match(credential.description ?? '', /empty for the input/)
    assert.match(pointer.description ?? '', /RFC 6901/)
  })

  it('cannot be changed by who is given it: a verifier that remembers gives it again', async () => {
    const consortium = await Consortium.assemble()
    const [spec] = consortium.specs
    assert.ok(spec !== undefined)
    const adverse = await consortium.attestation(spec, {
      subject: { engagement: { ...ENGAGEMENT, conclusion: 'adverse' } },
    })
    const attestations = consortium.replacing(adverse)
    const passport = await consortium.passport({}, { attestations })
    const bytes = await consortium.presentation({ passport, attestations })
    for (const uncountedAttestation of ['reject', 'rescore']) {
      const verifier = consortium.verifier({ uncountedAttestation })
      for (const time of ['first', 'second']) {
        const { findings } = await verifier.verifyPassport(bytes)
        assert.ok(findings.some(({ code }) => code === 'CONCLUSION_NOT_ACCEPTED'))
        assert.ok(findings.every(Object.isFrozen), time)
      }
    }
  })
})

describe('the limits', () => {
  it('cannot be changed by a program that imports them', () => {
    assert.ok([LIMITS, DOCUMENT_LIMITS].every(Object.isFrozen))
  })
})

describe('docs/findings.md', () => {
  it('says of every code what programs and people rely on', async () => {
    const file = fileURLToPath(new URL('../../docs/findings.md', import.meta.url))
    assert.equal(findingsPage(), await readFile(file, 'utf8'))
  })
})
