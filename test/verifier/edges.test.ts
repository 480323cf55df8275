import assert from 'node:assert/strict'
import { didKeyResolver } from '@battery-passport/keys'
import { createVerifier, type PassportVerdict } from '@battery-passport/verifier'
import { type Change, Consortium, clockAt } from '../support/consortium.ts'

function grave({ findings }: PassportVerdict): string[] {
  const found = findings.filter(({ severity }) => severity === 'error' || severity === 'unknown')
  return [...new Set(found.map(({ code }) => code))].sort()
}

/** The clock of these tests stands at midnight; the policy allows sixty seconds of skew. */
describe('at the edge of what is allowed', () => {
  let consortium: Consortium

  before(async () => {
    consortium = await Consortium.assemble()
  })

  async function verdictOf(change: Change): Promise<PassportVerdict> {
    const passport = await consortium.passport(change)
    return consortium.verifier().verifyPassport(await consortium.presentation({ passport }))
  }

  const edges: readonly (readonly [string, Change, Change, string])[] = [
    [
      'a signature may be as many seconds ahead of the clock as the skew, and no more',
      { created: '2026-10-01T00:01:00Z' },
      { created: '2026-10-01T00:01:01Z' },
      'PROOF_TIME',
    ],
    [
      'a passport may begin as many seconds after the clock as the skew, and no more',
      { credential: { validFrom: '2026-10-01T00:01:00Z' } },
      { credential: { validFrom: '2026-10-01T00:01:01Z' } },
      'NOT_YET_VALID',
    ],
    [
      'a passport may have ended as many seconds before the clock as the skew, and no more',
      { credential: { validUntil: '2026-09-30T23:59:00Z' } },
      { credential: { validUntil: '2026-09-30T23:58:59Z' } },
      'EXPIRED',
    ],
  ]
  for (const [what, within, beyond, code] of edges) {
    it(what, async () => {
      assert.ok(
        !grave(await verdictOf(within)).includes(code),
        grave(await verdictOf(within)).join(),
      )
      assert.ok(grave(await verdictOf(beyond)).includes(code))
    })
  }

  it('a credential may be signed in the very second of what it pins', async () => {
    const { created } = consortium.attestations[0]?.secured ?? assert.fail()
    const stamp = new Date(created * 1000).toISOString().replace('.000', '')
    const verdict = await verdictOf({ created: stamp })
    assert.ok(!grave(verdict).includes('PROOF_TIME'), grave(verdict).join())
  })

  it('a signer that is distrusted is called what the policy calls it', async () => {
    const { did } = consortium.parties.climateBody.signer
    const told = async (kind: 'did' | 'credential', value: string) => {
      const policy = { distrust: [{ [kind]: value, reason: 'Left the register.' }] }
      const verdict = await consortium
        .verifier(policy)
        .verifyPassport(await consortium.presentation())
      return verdict.findings.find(({ code }) => code === 'DISTRUSTED')
    }
    const issuer = await told('did', did)
    assert.match(issuer?.detail ?? '', /distrusts this issuer: Left the register/)
    assert.equal(issuer?.found, did)
    const id = consortium.attestations[0]?.id ?? assert.fail()
    const credential = await told('credential', id)
    assert.match(credential?.detail ?? '', /distrusts this credential: Left the register/)
    assert.equal(credential?.found, id)
  })

  it('a form of proof that the policy does not allow is told which ones it does', async () => {
    const policy = { cryptosuites: ['vc+jwt', 'ecdsa-rdfc-2019'] }
    const verdict = await consortium
      .verifier(policy)
      .verifyPassport(await consortium.presentation())
    const refused = verdict.findings.find(({ code }) => code === 'PROOF_SUITE_NOT_ALLOWED')
    assert.deepEqual(refused?.expected.replace('one of ', '').split(', ').sort(), [
      'ecdsa-rdfc-2019',
      'vc+jwt',
    ])
    assert.equal(refused?.found, 'eddsa-jcs-2022')
    assert.equal(refused?.pointer, '/proof/cryptosuite')
  })

  it('a credential is not examined anew for each that rests on it', async () => {
    const asked: string[] = []
    const { resolve } = didKeyResolver()
    const verifier = createVerifier({
      policy: consortium.policy(),
      clock: clockAt(),
      methods: [consortium.method.method],
      rulebooks: consortium.rulebooks,
      resolver: {
        resolve(did) {
          asked.push(did)
          return resolve(did)
        },
      },
    })
    const bytes = await consortium.presentation()
    const verdict = await verifier.verifyPassport(bytes)
    assert.equal(verdict.outcome, 'accepted')
    const { verifiableCredential } = JSON.parse(new TextDecoder().decode(bytes))
    assert.ok(asked.length < verifiableCredential.length * 1.5, `${asked.length}`)
  })

  it('an attestation that had ended when the passport was signed has not ended since', async () => {
    const [spec] = consortium.specs
    assert.ok(spec !== undefined)
    const codes = async (validUntil: string) => {
      const ended = await consortium.attestation(spec, { credential: { validUntil } })
      const attestations = consortium.replacing(ended)
      const passport = await consortium.passport({}, { attestations })
      const bytes = await consortium.presentation({ passport, attestations })
      const verdict = await consortium.verifier().verifyPassport(bytes)
      return verdict.findings.flatMap(({ code, credential }) =>
        credential === ended.id ? [code] : [],
      )
    }
    const before = await codes('2026-09-20T11:59:59Z')
    assert.ok(before.includes('EXPIRED') && !before.includes('ENDED_SINCE'), before.join())
    const after = await codes('2026-09-20T12:00:00Z')
    assert.ok(!after.includes('EXPIRED') && after.includes('ENDED_SINCE'), after.join())
  })

  it('a policy that accepts any issuer is told so', async () => {
    const policy = { passportIssuers: 'any' }
    const { findings } = await consortium
      .verifier(policy)
      .verifyPassport(await consortium.presentation())
    const [any] = findings.filter(({ code }) => code === 'POLICY_ANY_ISSUER')
    assert.equal(any?.found, '"any"')
  })
})
