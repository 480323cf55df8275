import assert from 'node:assert/strict'
import { generateSigner } from '@battery-passport/keys'
import type { PassportVerdict, VerifyOptions } from '@battery-passport/verifier'
import {
  type AttestationSpec,
  BATTERY_ID,
  type Change,
  Consortium,
  ENGAGEMENT,
  type Signed,
} from '../support/consortium.ts'

/** What a case sends, and to whom. */
interface Sent {
  readonly bytes: Uint8Array
  readonly policy?: Readonly<Record<string, unknown>>
  readonly at?: string
  readonly options?: VerifyOptions
}

/** Codes of errors and unknowns, sorted, each with what it belongs to. */
function grave({ findings }: PassportVerdict): string[] {
  const codes = findings
    .filter(({ severity }) => severity === 'error' || severity === 'unknown')
    .map(({ code }) => code)
  return [...new Set(codes)].sort()
}

function codesOf({ findings }: PassportVerdict, ...severities: string[]): string[] {
  const codes = findings.flatMap(({ code, severity }) =>
    severities.includes(severity) ? [code] : [],
  )
  return [...new Set(codes)].sort()
}

describe('a passport with its whole chain', () => {
  let consortium: Consortium
  let climate: AttestationSpec
  let social: AttestationSpec
  let product: AttestationSpec

  before(async () => {
    consortium = await Consortium.assemble()
    const { climateBody, socialBody } = consortium.parties
    const find = (holds: (spec: AttestationSpec) => boolean) => {
      const spec = consortium.specs.find(holds)
      assert.ok(spec !== undefined)
      return spec
    }
    climate = find(({ by, facility }) => by === climateBody && facility !== null)
    social = find(({ by }) => by === socialBody)
    product = find(({ facility }) => facility === null)
  })

  const verify = async ({ bytes, policy, at, options }: Sent) =>
    consortium.verifier(policy, at).verifyPassport(bytes, options)

  /** The honest presentation with one attestation changed before it was signed. */
  async function withAttestation(spec: AttestationSpec, change: Change): Promise<Sent> {
    const attestations = consortium.replacing(await consortium.attestation(spec, change))
    const passport = await consortium.passport({}, { attestations })
    return { bytes: await consortium.presentation({ passport, attestations }) }
  }

  async function withPassport(change: Change): Promise<Sent> {
    return { bytes: await consortium.presentation({ passport: await consortium.passport(change) }) }
  }

  /** Everything signed anew on a changed accreditation of one body. */
  async function withAccreditation(body: 'climateBody' | 'socialBody', change: Change) {
    const changed = await consortium.accreditation(consortium.parties[body], change)
    const accreditations = new Map(consortium.accreditations).set(body, changed)
    const attestations = await Promise.all(
      consortium.specs.map((spec, index) => {
        const honest = consortium.attestations[index]
        assert.ok(honest !== undefined)
        return spec.by.key === body
          ? consortium.attestation(spec, { subject: { accreditation: changed.reference } })
          : honest
      }),
    )
    const passport = await consortium.passport({}, { attestations })
    const parts = { passport, attestations, accreditations: [...accreditations.values()] }
    return { bytes: await consortium.presentation(parts), parts }
  }

  const listsSaying = (
    party: 'climateBody' | 'packMaker' | 'accreditationBody',
    ids: string[],
    purpose: 'revoked' | 'suspended',
  ) =>
    (async () => {
      const all = await Promise.all(
        Object.values(consortium.parties).map((issuer) =>
          consortium.board.lists(
            issuer,
            issuer === consortium.parties[party] ? { [purpose]: ids } : {},
          ),
        ),
      )
      return all.flat()
    })()

  function idOf(spec: AttestationSpec): string {
    const index = consortium.specs.indexOf(spec)
    const { id } = consortium.attestations[index] ?? { id: '' }
    return id
  }

  describe('that is honest', () => {
    it('is accepted with its score', async () => {
      const verdict = await verify({ bytes: await consortium.presentation() })
      assert.equal(verdict.outcome, 'accepted')
      assert.deepEqual(codesOf(verdict, 'error', 'unknown'), [])
      assert.deepEqual(codesOf(verdict, 'warning'), ['SHARES_UNASSURED'])
      assert.ok(verdict.score !== null && verdict.score.value > 0)
      assert.equal(verdict.statusAsOf, '2026-09-30T22:00:00Z')
    })

    it('has a link in the chain for every credential, the passport first', async () => {
      const { chain } = await verify({ bytes: await consortium.presentation() })
      assert.equal(chain[0]?.type, 'BatteryPassport')
      assert.ok(chain.every(({ result }) => result === 'passed' || result === 'unused'))
      assert.equal(chain[0]?.restsOn.length, consortium.attestations.length)
    })

    it('gives the same verdict twice', async () => {
      const verifier = consortium.verifier()
      const bytes = await consortium.presentation()
      assert.deepEqual(await verifier.verifyPassport(bytes), await verifier.verifyPassport(bytes))
    })

    for (const form of ['eddsa-rdfc-2022', 'ecdsa-rdfc-2019', 'vc+jwt'] as const) {
      it(`is accepted when everything is secured with ${form}`, async () => {
        const other = await Consortium.assemble({
          form,
          algorithm: form === 'ecdsa-rdfc-2019' ? 'P-256' : 'Ed25519',
        })
        const verdict = await other.verifier().verifyPassport(await other.presentation())
        assert.deepEqual(grave(verdict), [])
        assert.equal(verdict.outcome, 'accepted')
      })
    }

    it('is accepted with all seven shipped rulebooks', async () => {
      const full = await Consortium.assemble({ method: 'esg' })
      const verdict = await full.verifier().verifyPassport(await full.presentation())
      assert.deepEqual(grave(verdict), [])
      assert.equal(verdict.score?.rulebooks.length, 7)
    })
  })

  /** Each fraud or fault: what it is, the codes it has, and only those. */
  const cases: [string, readonly string[], () => Promise<Sent>][] = [
    [
      'a value changed in the passport',
      ['PROOF_INVALID'],
      async () => {
        const text = Buffer.from(await consortium.presentation()).toString()
        return { bytes: Buffer.from(text.replace('"share":7000', '"share":7100')) }
      },
    ],
    [
      'a value changed in an attestation',
      ['DIGEST_MISMATCH', 'PROOF_INVALID'],
      async () => {
        const text = Buffer.from(await consortium.presentation()).toString()
        return { bytes: Buffer.from(text.replace('5 % of the total', '9 % of the total')) }
      },
    ],
    [
      'a value changed in an accreditation',
      ['DIGEST_MISMATCH', 'PROOF_INVALID'],
      async () => {
        const text = Buffer.from(await consortium.presentation()).toString()
        return { bytes: Buffer.from(text.replace('FICT-climateBody', 'FICT-climateBodx')) }
      },
    ],
    [
      'an attestation about a facility that is not in the supply chain',
      ['SUBJECT_MISMATCH'],
      () => withAttestation(climate, { subject: { id: 'urn:epc:id:sgln:9506000.99909.0' } }),
    ],
    [
      'an attestation about another battery model',
      ['SUBJECT_MISMATCH'],
      () =>
        withAttestation(product, {
          subject: { id: 'https://id.packmaker.example/01/09506000134369' },
        }),
    ],
    [
      'an attestation about a battery of another manufacturer',
      ['SUBJECT_MISMATCH'],
      () =>
        withAttestation(product, { subject: { manufacturer: consortium.parties.cellMaker.did } }),
    ],
    [
      'attested plants that are not in the supply chain',
      ['SUBJECT_MISMATCH'],
      () => withAttestation(product, { subject: { plants: ['urn:epc:id:sgln:9506000.99909.0'] } }),
    ],
    [
      'an attested activity the facility does not have here',
      ['ACTIVITY_MISMATCH'],
      () =>
        withAttestation(climate, {
          subject: { activities: [{ stage: 'recycling' }], results: [] },
        }),
    ],
    [
      'a country outside the accreditation',
      ['ACCREDITATION_SCOPE'],
      () => withAttestation(social, { subject: { country: 'CN' } }),
    ],
    [
      'an engagement type outside the accreditation',
      ['ACCREDITATION_SCOPE'],
      () =>
        withAttestation(climate, {
          subject: { engagement: { ...ENGAGEMENT, engagementType: 'validation' } },
        }),
    ],
    [
      'a level of assurance outside the accreditation',
      ['ACCREDITATION_SCOPE'],
      async () => {
        const honest = consortium.attestedSubject(social)
        assert.ok(Array.isArray(honest.results))
        const results = honest.results.map((result: object) => ({
          ...result,
          assuranceLevel: 'reasonable',
        }))
        return withAttestation(social, { subject: { results } })
      },
    ],
    [
      'an attestation signed after the accreditation ended',
      ['ACCREDITATION_TIME'],
      async () =>
        withAccreditation('climateBody', { credential: { validUntil: '2026-03-01T00:00:00Z' } }),
    ],
    [
      'an attestation signed before the accreditation began',
      ['ACCREDITATION_TIME'],
      async () =>
        withAccreditation('climateBody', { credential: { validFrom: '2026-03-17T00:00:00Z' } }),
    ],
    [
      'an attestation signed with a key the accreditation does not list',
      ['KEY_NOT_AUTHORISED'],
      () =>
        withAccreditation('climateBody', {
          subject: {
            keys: [
              {
                thumbprint: generateSigner().publicKey.thumbprint,
                from: '2025-01-01T00:00:00Z',
                until: '2028-12-31T23:59:59Z',
              },
            ],
          },
        }),
    ],
    [
      'an attestation by a body that is not the accredited one',
      ['ISSUER_NOT_AUTHORISED'],
      () =>
        withAttestation(climate, {
          subject: { accreditation: consortium.accreditations.get('socialBody')?.reference },
        }),
    ],
    [
      'an adverse conclusion',
      ['CONCLUSION_NOT_ACCEPTED'],
      () =>
        withAttestation(climate, {
          subject: { engagement: { ...ENGAGEMENT, conclusion: 'adverse' } },
        }),
    ],
    [
      'a disclaimed conclusion',
      ['CONCLUSION_NOT_ACCEPTED'],
      () =>
        withAttestation(climate, {
          subject: { engagement: { ...ENGAGEMENT, conclusion: 'disclaimer' } },
        }),
    ],
    [
      'an open major finding',
      ['OPEN_FINDING'],
      () =>
        withAttestation(climate, {
          subject: {
            engagement: {
              ...ENGAGEMENT,
              findings: [{ id: 'F1', severity: 'major', description: 'No meter at the furnace.' }],
            },
          },
        }),
    ],
    [
      'a statement dated before its last site visit',
      ['STATEMENT_DATE'],
      () =>
        withAttestation(climate, {
          subject: {
            engagement: { ...ENGAGEMENT, siteVisits: [{ date: '2026-03-16', mode: 'on-site' }] },
          },
        }),
    ],
    [
      'a statement dated inside its own period',
      ['STATEMENT_DATE'],
      () =>
        withAttestation(climate, {
          subject: { period: { from: '2025-04-01', until: '2026-03-31' } },
        }),
    ],
    [
      'a period shorter than the rulebook asks',
      ['PERIOD'],
      () =>
        withAttestation(climate, {
          subject: { period: { from: '2025-07-02', until: '2025-12-31' } },
        }),
    ],
    [
      'an attestation valid for longer than the rulebook allows',
      ['PERIOD'],
      () => withAttestation(climate, { credential: { validUntil: '2039-03-15T00:00:00Z' } }),
    ],
    [
      'an indicator the rulebook does not have',
      ['ANSWER_INVALID'],
      () =>
        withAttestation(climate, {
          subject: { results: [{ indicator: 'no.such', answer: 'not-assessed' }] },
        }),
    ],
    [
      'evidence that the attestation does not list',
      ['EVIDENCE_MISMATCH'],
      () => withAttestation(climate, { subject: { evidenceFiles: [] } }),
    ],
    [
      'a battery made outside the attested window',
      ['PRODUCTION_WINDOW'],
      () =>
        withAttestation(product, {
          subject: { productionWindow: { from: '2026-01-01', until: '2026-09-14' } },
        }),
    ],
    [
      'an attestation under another edition of the rulebook',
      ['RULEBOOK_MISMATCH'],
      () =>
        withAttestation(product, {
          subject: {
            rulebook: {
              key: product.rulebook,
              version: '0.9.0',
              digestMultibase: consortium.pin(consortium.rulebook(product.rulebook))
                .digestMultibase,
            },
          },
        }),
    ],
    [
      'an attestation not yet valid when the passport was signed',
      ['NOT_YET_VALID'],
      () => withAttestation(climate, { credential: { validFrom: '2026-09-21T00:00:00Z' } }),
    ],
    [
      'an attestation no longer valid when the passport was signed',
      ['EXPIRED'],
      () => withAttestation(climate, { credential: { validUntil: '2026-09-20T11:59:59Z' } }),
    ],
    [
      'an inflated score',
      ['SCORE_MISMATCH'],
      async () => {
        const honest = await consortium.passport()
        const { score } = honest.secured.credential.credentialSubject
        return withPassport({ subject: { score: { ...score, value: score.value + 1 } } })
      },
    ],
    [
      'a grade that does not follow',
      ['SCORE_MISMATCH'],
      async () => {
        const { score } = (await consortium.passport()).secured.credential.credentialSubject
        return withPassport({ subject: { score: { ...score, grade: 'A' } } })
      },
    ],
    [
      'the attestations of a rival under one’s own key',
      ['ISSUER_NOT_AUTHORISED'],
      async () => {
        const { cellMaker } = consortium.parties
        const credentialStatus = consortium.board.entriesFor(cellMaker, 'urn:uuid:rival')
        const passport = await consortium.passport({
          credential: { issuer: cellMaker.did, credentialStatus },
          signer: cellMaker.signer,
        })
        const lists = await consortium.statusLists()
        return { bytes: await consortium.presentation({ passport, lists }) }
      },
    ],
    [
      'a passport by somebody nobody registered',
      ['ISSUER_NOT_AUTHORISED', 'STATUS_LIST_INVALID', 'SUBJECT_MISMATCH'],
      async () => {
        const signer = generateSigner()
        return withPassport({
          credential: { issuer: signer.did },
          subject: { manufacturer: signer.did },
          signer,
        })
      },
    ],
    [
      'an assurance body that belongs to the operator',
      ['NOT_INDEPENDENT'],
      () =>
        withAttestation(climate, {
          subject: { operatorGroup: consortium.parties.climateBody.ultimateParentLei },
        }),
    ],
    [
      'shares above the whole',
      ['SHARES_INVALID'],
      async () => {
        const supplyChain = consortium.supplyChain.map((row) =>
          row.material === 'nickel' && row.stage === 'mining' ? { ...row, share: 10000 } : row,
        )
        const [first] = supplyChain
        assert.ok(first !== undefined)
        return withPassport({
          subject: {
            supplyChain: [
              ...supplyChain,
              { ...first, facility: 'urn:epc:id:sgln:9506000.99909.0', share: 1 },
            ],
          },
        })
      },
    ],
    [
      'a custody model the method does not allow',
      ['CUSTODY_MODEL'],
      () =>
        withPassport({
          subject: {
            supplyChain: consortium.supplyChain.map((row) => ({
              ...row,
              custodyModel: 'book-and-claim',
            })),
          },
        }),
    ],
    [
      'a facility id of another scheme',
      ['SCHEMA', 'SUBJECT_MISMATCH'],
      () =>
        withPassport({
          subject: {
            supplyChain: consortium.supplyChain.map((row) =>
              row.stage === 'pack'
                ? { ...row, facility: 'https://register.example/plants/1' }
                : row,
            ),
          },
        }),
    ],
    [
      'an expired passport',
      ['EXPIRED'],
      () => withPassport({ credential: { validUntil: '2026-09-30T23:58:00Z' } }),
    ],
    [
      'a passport that is not valid yet',
      ['NOT_YET_VALID'],
      () => withPassport({ credential: { validFrom: '2026-10-01T00:02:00Z' } }),
    ],
    [
      'a passport signed in the future',
      ['PROOF_TIME'],
      () => withPassport({ created: '2026-10-01T00:02:00Z' }),
    ],
    [
      'a revoked attestation',
      ['REVOKED'],
      async () => ({
        bytes: await consortium.presentation({
          lists: await listsSaying('climateBody', [idOf(climate)], 'revoked'),
        }),
      }),
    ],
    [
      'a suspended attestation',
      ['SUSPENDED'],
      async () => ({
        bytes: await consortium.presentation({
          lists: await listsSaying('climateBody', [idOf(climate)], 'suspended'),
        }),
      }),
    ],
    [
      'a revoked accreditation',
      ['REVOKED'],
      async () => {
        const id = consortium.accreditations.get('climateBody')?.id ?? ''
        return {
          bytes: await consortium.presentation({
            lists: await listsSaying('accreditationBody', [id], 'revoked'),
          }),
        }
      },
    ],
    [
      'a revoked passport',
      ['REVOKED'],
      async () => {
        const { id } = await consortium.passport()
        return {
          bytes: await consortium.presentation({
            lists: await listsSaying('packMaker', [id], 'revoked'),
          }),
        }
      },
    ],
    [
      'a missing status list',
      ['STATUS_UNREACHABLE'],
      async () => ({
        bytes: await consortium.presentation({
          omit: ({ id }) => id === 'https://climatebody.example/status/revocation',
        }),
      }),
    ],
    [
      'two lists of one second, the milder first',
      ['REVOKED'],
      async () => {
        const milder = await consortium.statusLists()
        const stricter = await listsSaying('climateBody', [idOf(climate)], 'revoked')
        return { bytes: await consortium.presentation({ lists: [...milder, ...stricter] }) }
      },
    ],
    [
      'a stale status list',
      ['STATUS_STALE'],
      async () => ({
        bytes: await consortium.presentation(),
        policy: { statusMaximumAgeSeconds: 60 },
      }),
    ],
    [
      'a status list of another issuer under the right id',
      ['STATUS_LIST_INVALID'],
      async () => {
        const { climateBody, packMaker } = consortium.parties
        const forged = await consortium.board.lists(
          climateBody,
          {},
          {
            credential: { issuer: packMaker.did },
            signer: packMaker.signer,
          },
        )
        const bytes = await consortium.presentation({
          omit: (signed) => signed.id === forged[0]?.id && signed !== forged[0],
          add: forged.slice(0, 1),
        })
        return { bytes }
      },
    ],
    [
      'a missing attestation',
      ['REFERENCE_MISSING'],
      async () => ({
        bytes: await consortium.presentation({ omit: ({ id }) => id === idOf(climate) }),
      }),
    ],
    [
      'a missing accreditation',
      ['REFERENCE_MISSING'],
      async () => ({
        bytes: await consortium.presentation({
          omit: ({ id }) => id === consortium.accreditations.get('accreditationBody')?.id,
        }),
      }),
    ],
    [
      'a bare passport',
      ['REFERENCE_MISSING', 'STATUS_UNREACHABLE'],
      async () => ({
        bytes: (await consortium.passport()).bytes,
      }),
    ],
    [
      'another scheme owner than the policy’s',
      ['ANCHOR_UNKNOWN'],
      async () => ({
        bytes: await consortium.presentation(),
        policy: {
          anchors: [
            {
              did: consortium.parties.registrar.did,
              role: 'registrar',
              validFrom: '2020-01-01T00:00:00Z',
              validUntil: '2039-12-31T23:59:59Z',
            },
            {
              did: generateSigner().did,
              role: 'scheme-owner',
              validFrom: '2020-01-01T00:00:00Z',
              validUntil: '2039-12-31T23:59:59Z',
            },
          ],
        },
      }),
    ],
    [
      'a body that was not allowed to delegate',
      ['ACCREDITATION_SCOPE'],
      async () => {
        const { accreditationBody, climateBody, socialBody, productBody } = consortium.parties
        const above = await consortium.accreditation(accreditationBody, {
          subject: { mayDelegate: false },
        })
        const bodies = [climateBody, socialBody, productBody]
        const below = await Promise.all(
          bodies.map((body) =>
            consortium.accreditation(body, { subject: { accreditedBy: above.reference } }),
          ),
        )
        const attestations = await Promise.all(
          consortium.specs.map((spec) =>
            consortium.attestation(spec, {
              subject: { accreditation: below[bodies.indexOf(spec.by)]?.reference },
            }),
          ),
        )
        const passport = await consortium.passport({}, { attestations })
        const accreditations: Signed[] = [above, ...below]
        return { bytes: await consortium.presentation({ passport, attestations, accreditations }) }
      },
    ],
    [
      'a method the policy does not name',
      ['RULEBOOK_NOT_ACCEPTED'],
      async () => {
        const digestMultibase =
          consortium.rulebooks[0] === undefined
            ? ''
            : consortium.pin(consortium.rulebooks[0]).digestMultibase
        return {
          bytes: await consortium.presentation(),
          policy: { methods: [{ key: 'small', version: '1.0.0', digestMultibase }] },
        }
      },
    ],
    [
      'illustrative rulebooks that the policy does not allow',
      ['ILLUSTRATIVE'],
      async () => ({
        bytes: await consortium.presentation(),
        policy: { allowIllustrative: false },
      }),
    ],
    [
      'a score below the minimum of the policy',
      ['POLICY_MINIMUM'],
      async () => ({
        bytes: await consortium.presentation(),
        policy: { minimums: { overall: { value: 9999, coverage: 1 } } },
      }),
    ],
    [
      'shares less assured than the policy asks',
      ['POLICY_MINIMUM'],
      async () => ({
        bytes: await consortium.presentation(),
        policy: { minimumShareAssurance: 'limited' },
      }),
    ],
    [
      'a distrusted assurance body',
      ['DISTRUSTED'],
      async () => ({
        bytes: await consortium.presentation(),
        policy: {
          distrust: [
            { did: consortium.parties.climateBody.did, reason: 'withdrew from the scheme' },
          ],
        },
      }),
    ],
    [
      'an assurance body distrusted since after it signed: it could date anything back',
      ['TIME_UNPROVEN'],
      async () => ({
        bytes: await consortium.presentation(),
        policy: {
          distrust: [
            {
              did: consortium.parties.climateBody.did,
              since: '2026-10-01T00:00:00Z',
              reason: 'its key was stolen',
            },
          ],
        },
      }),
    ],
    [
      'an attestation that is named twice',
      ['ATTESTATION_CONFLICT'],
      async () => {
        const references = consortium.attestations.map(({ reference }) => reference)
        return withPassport({ subject: { attestations: [...references, references[0]] } })
      },
    ],
    [
      'a cryptosuite the policy does not allow',
      ['PROOF_SUITE_NOT_ALLOWED'],
      async () => ({
        bytes: await consortium.presentation(),
        policy: { cryptosuites: ['vc+jwt'] },
      }),
    ],
    [
      'another battery than the one in hand',
      ['SUBJECT_UNEXPECTED'],
      async () => ({
        bytes: await consortium.presentation(),
        options: { expectSubject: `${BATTERY_ID}X` },
      }),
    ],
    [
      'another manufacturer than the one expected',
      ['ISSUER_MISMATCH'],
      async () => ({
        bytes: await consortium.presentation(),
        options: { expectIssuer: consortium.parties.cellMaker.did },
      }),
    ],
    [
      'two attestations for one facility and rulebook',
      ['ATTESTATION_CONFLICT'],
      async () => {
        const second = await consortium.attestation(climate, {
          credential: { id: 'urn:uuid:0d2f38a6-7a38-4b57-9d26-1f1f3c0c8a11' },
        })
        const attestations = [...consortium.attestations, second]
        const passport = await consortium.passport({
          subject: {
            attestations: attestations.map(({ reference }) => reference),
            score: (await consortium.passport()).secured.credential.credentialSubject.score,
          },
        })
        return { bytes: await consortium.presentation({ passport, attestations }) }
      },
    ],
    [
      'a credential that is no passport in the first place',
      ['SCHEMA'],
      async () => {
        const [first] = consortium.attestations
        assert.ok(first !== undefined)
        return { bytes: first.bytes }
      },
    ],
    [
      'a proof set',
      ['PROOF_COUNT'],
      async () => {
        const { document } = await consortium.passport()
        const { proof, ...rest } = { proof: undefined, ...document }
        return { bytes: Buffer.from(JSON.stringify({ ...rest, proof: [proof, proof] })) }
      },
    ],
    [
      'no proof',
      ['PROOF_MISSING'],
      async () => {
        const { document } = await consortium.passport()
        const { proof: _, ...rest } = { proof: undefined, ...document }
        return { bytes: Buffer.from(JSON.stringify(rest)) }
      },
    ],
    [
      'bytes that are no JSON',
      ['JSON_INVALID'],
      async () => ({ bytes: Buffer.from('not a passport') }),
    ],
  ]

  const UNKNOWN = ['REFERENCE_MISSING', 'STATUS_UNREACHABLE', 'STATUS_STALE', 'TIME_UNPROVEN']

  describe('with', () => {
    for (const [what, codes, send] of cases) {
      const outcome = codes.every((code) => UNKNOWN.includes(code)) ? 'indeterminate' : 'rejected'
      it(`${what} is ${outcome}: ${codes.join(', ')}`, async () => {
        const verdict = await verify(await send())
        assert.deepEqual(
          grave(verdict),
          [...codes].sort(),
          JSON.stringify(verdict.findings, null, 1),
        )
        assert.equal(verdict.outcome, outcome)
        assert.equal(verdict.score, null)
      })
    }
  })

  describe('judged at another instant', () => {
    it('says so', async () => {
      const bytes = await consortium.presentation()
      const verdict = await verify({ bytes, options: { at: '2026-09-30T23:00:00Z' } })
      assert.equal(verdict.outcome, 'accepted')
      assert.ok(codesOf(verdict, 'note').includes('HISTORICAL'))
      assert.equal(verdict.at, '2026-09-30T23:00:00Z')
    })

    it('uses a later list for what it says of the past', async () => {
      const bytes = await consortium.presentation()
      const verdict = await verify({ bytes, options: { at: '2026-09-25T00:00:00Z' } })
      assert.equal(verdict.outcome, 'accepted')
      assert.ok(codesOf(verdict, 'note').includes('STATUS_LATER'))
    })

    it('does not take a passport for signed in time once its attestations have ended', async () => {
      const at = '2027-04-01T00:00:00Z'
      const change = {
        credential: { validUntil: '2027-05-01T00:00:00Z' },
        created: '2027-03-31T00:00:00Z',
      }
      const lists = await consortium.statusLists({}, change)
      const bytes = await consortium.presentation({ lists })
      const verdict = await verify({ bytes, at })
      assert.equal(verdict.outcome, 'indeterminate')
      assert.deepEqual(grave(verdict), ['TIME_UNPROVEN'])
      assert.ok(codesOf(verdict, 'note').includes('ENDED_SINCE'))

      const trusting = await verify({ bytes, at, policy: { acceptSelfAssertedTime: true } })
      assert.equal(trusting.outcome, 'accepted')
      assert.ok(codesOf(trusting, 'warning').includes('TIME_SELF_ASSERTED'))

      const strict = await verify({ bytes, at, policy: { requireCurrent: true } })
      assert.equal(strict.outcome, 'rejected')
      assert.deepEqual(grave(strict), ['NOT_CURRENT'])
    })

    it('refuses an instant that is none as a mistake of the program', async () => {
      const bytes = await consortium.presentation()
      await assert.rejects(verify({ bytes, options: { at: 'yesterday' } }), TypeError)
    })
  })

  describe('under a policy that rescores', () => {
    const policy = { uncountedAttestation: 'rescore' }

    it('loses the answers of a revoked attestation, and says what it was', async () => {
      const lists = await listsSaying('climateBody', [idOf(climate)], 'revoked')
      const verdict = await verify({ bytes: await consortium.presentation({ lists }), policy })
      const honest = await verify({ bytes: await consortium.presentation() })
      assert.equal(verdict.outcome, 'accepted')
      assert.deepEqual(codesOf(verdict, 'warning'), [
        'REVOKED',
        'SCORE_CHANGED_SINCE_ISSUE',
        'SHARES_UNASSURED',
      ])
      assert.ok((verdict.score?.value ?? 0) <= (honest.score?.value ?? 0))
      assert.ok((verdict.score?.coverage ?? 0) < (honest.score?.coverage ?? 0))
    })

    it('loses the answers of an adverse one', async () => {
      const { bytes } = await withAttestation(climate, {
        subject: { engagement: { ...ENGAGEMENT, conclusion: 'adverse' } },
      })
      const verdict = await verify({ bytes, policy })
      assert.equal(verdict.outcome, 'accepted')
      assert.ok(codesOf(verdict, 'warning').includes('CONCLUSION_NOT_ACCEPTED'))
    })
  })

  describe('that lacks something', () => {
    it('is accepted when what lacks is added', async () => {
      const passport = await consortium.passport()
      const rest = await consortium.presentation({ passport })
      const verdict = await verify({ bytes: passport.bytes, options: { with: [rest] } })
      assert.equal(verdict.outcome, 'accepted')
    })

    it('never takes anchors from the presentation', async () => {
      const { bytes } = { bytes: await consortium.presentation() }
      const verdict = await verify({
        bytes,
        policy: {
          anchors: [
            {
              did: consortium.parties.registrar.did,
              role: 'registrar',
              validFrom: '2020-01-01T00:00:00Z',
              validUntil: '2039-12-31T23:59:59Z',
            },
          ],
        },
      })
      assert.deepEqual(grave(verdict), ['ANCHOR_UNKNOWN'])
    })
  })

  it('is verified as before after every hostile one', async () => {
    const verifier = consortium.verifier()
    for (const [, , send] of cases) {
      const { bytes, options } = await send()
      await verifier.verifyPassport(bytes, options)
    }
    assert.equal(
      (await verifier.verifyPassport(await consortium.presentation())).outcome,
      'accepted',
    )
  })
})
