import assert from 'node:assert/strict'
import { didKeyResolver, type Resolver } from '@battery-passport/keys'
import {
  briefly,
  createVerifier,
  type Finding,
  impact,
  type PassportVerdict,
  verifyMany,
} from '@battery-passport/verifier'
import { expectedId, passportIdFindings } from '../../verifier/statements/subject.ts'
import {
  BATTERY_ID,
  type Change,
  Consortium,
  clockAt,
  MODEL_ID,
  signedDocument,
} from '../support/consortium.ts'

type Found = { readonly findings: readonly Finding[] }

function grave({ findings }: Found): string[] {
  const found = findings.filter(({ severity }) => severity === 'error' || severity === 'unknown')
  return [...new Set(found.map(({ code }) => code))].sort()
}

function only({ findings }: Found, code: string): Finding {
  const [first, second] = findings.filter((each) => each.code === code)
  assert.ok(first !== undefined && second === undefined, JSON.stringify([first, second]))
  return first
}

async function all<T>(yielded: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const each of yielded) found.push(each)
  return found
}

/** What seldom comes, and is judged all the same. */
describe('a passport', () => {
  let consortium: Consortium

  before(async () => {
    consortium = await Consortium.assemble()
  })

  const deps = () => ({
    clock: clockAt(),
    methods: [consortium.method.method],
    rulebooks: consortium.rulebooks,
  })
  const verify = (bytes: Uint8Array, policy: object = {}): Promise<PassportVerdict> =>
    consortium.verifier({ ...policy }).verifyPassport(bytes)

  /** The honest presentation with the first attestation of the climate body changed. */
  async function withAttestation(change: Change) {
    const { climateBody } = consortium.parties
    const spec = consortium.specs.find(
      ({ by, facility }) => by === climateBody && facility !== null,
    )
    assert.ok(spec !== undefined)
    const attestations = consortium.replacing(await consortium.attestation(spec, change))
    // Some of these have no score of their own: each claims that of the honest one.
    const { score } = (await consortium.passport()).secured.credential.credentialSubject
    const passport = await consortium.passport({ subject: { score } }, { attestations })
    return consortium.presentation({ passport, attestations })
  }

  it('is not verified with the keys of another, whatever a resolver answers', async () => {
    const { climateBody, socialBody } = consortium.parties
    const own = didKeyResolver()
    const lending: Resolver = {
      resolve: (did) => own.resolve(did === climateBody.did ? socialBody.did : did),
    }
    const resolver = { ...deps(), policy: consortium.policy(), resolver: lending }
    const verdict = await createVerifier(resolver).verifyPassport(await consortium.presentation())
    assert.ok(grave(verdict).includes('KEY_NOT_AUTHORISED'))
    assert.ok(
      verdict.findings
        .filter(({ code }) => code === 'KEY_NOT_AUTHORISED')
        .every(({ expected }) => expected === `an assertionMethod of ${climateBody.did}`),
    )
  })

  it('is left open where the DID of its registrar cannot be resolved', async () => {
    const { registrar } = consortium.parties
    const own = didKeyResolver()
    const partly: Resolver = {
      resolve: async (did) => {
        if (did !== registrar.did) return own.resolve(did)
        return { ok: false, code: 'DID_UNRESOLVED', detail: 'no answer' }
      },
    }
    const verifier = createVerifier({ ...deps(), policy: consortium.policy(), resolver: partly })
    const verdict = await verifier.verifyPassport(await consortium.presentation())
    assert.equal(verdict.outcome, 'indeterminate')
    assert.ok(grave(verdict).includes('DID_UNRESOLVED'))
  })

  it('rests on no rulebook that its method does not have', async () => {
    const [known] = consortium.method.rulebooks
    assert.ok(known !== undefined)
    const { digestMultibase } = known
    const rulebook = { key: 'unheard-of', version: '1.0.0', digestMultibase }
    const verdict = await verify(await withAttestation({ subject: { rulebook } }))
    const { detail, expected, found } = only(verdict, 'RULEBOOK_MISMATCH')
    assert.equal(detail, 'The method has no such rulebook.')
    assert.equal(expected, 'one of small-climate, small-labour')
    assert.ok(found.startsWith('unheard-of 1.0.0'))
  })

  it('has the activities that were attested, each of its material', async () => {
    const activities = [{ stage: 'refining', material: 'cobalt' }, { stage: 'recycling' }]
    const verdict = await verify(await withAttestation({ subject: { activities, results: [] } }))
    assert.equal(only(verdict, 'ACTIVITY_MISMATCH').found, 'refining of cobalt, recycling')
  })

  it('meets no minimum for a rulebook that its score does not have', async () => {
    const bytes = await consortium.presentation()
    const minimums = (key: string) => ({
      minimums: { overall: { coverage: 1000 }, rulebooks: { [key]: { coverage: 1 } } },
    })
    assert.deepEqual(grave(await verify(bytes, minimums('small-climate'))), [])
    const verdict = await verify(bytes, minimums('unheard-of'))
    const { pointer, expected, found } = only(verdict, 'POLICY_MINIMUM')
    assert.equal(pointer, '/credentialSubject/score/rulebooks')
    assert.deepEqual([expected, found], ['unheard-of', 'small-climate, small-labour'])
  })

  it('may say of no more that it does not apply than the policy allows', async () => {
    const { socialBody } = consortium.parties
    const spec = consortium.specs.find(({ by }) => by === socialBody)
    assert.ok(spec !== undefined)
    const { results } = consortium.attestedSubject(spec)
    assert.ok(Array.isArray(results))
    const aside = results.map((result: { indicator: string; value: string; unit: string }) => {
      if (result.indicator !== 'labour.grievances') return result
      const { value: _, unit: __, ...rest } = result
      return { ...rest, answer: 'not-applicable', condition: 'no-workers' }
    })
    const changed = await consortium.attestation(spec, { subject: { results: aside } })
    const attestations = consortium.replacing(changed)
    const passport = await consortium.passport({}, { attestations })
    const bytes = await consortium.presentation({ passport, attestations })
    const { notApplicable } = passport.secured.credential.credentialSubject.score
    assert.ok(notApplicable > 0)
    const allowing = (maximumNotApplicable: number) => ({
      minimums: { overall: { coverage: 1000, maximumNotApplicable } },
    })
    assert.deepEqual(grave(await verify(bytes, allowing(notApplicable))), [])
    const verdict = await verify(bytes, allowing(notApplicable - 1))
    const { pointer, expected, found } = only(verdict, 'POLICY_MINIMUM')
    assert.equal(pointer, '/credentialSubject/score/notApplicable')
    assert.deepEqual([expected, found], [`at most ${notApplicable - 1}`, `${notApplicable}`])
  })

  describe('with a custody attestation', () => {
    const sent = async (methods?: readonly object[], broken = false) => {
      const accreditation = await consortium.custodyAccreditation()
      const honest = await consortium.custody(accreditation)
      const { secured } = honest
      const changed = { ...secured.document, id: honest.id, issuer: secured.issuer }
      const altered = { ...changed, '@context': [], validUntil: '2027-03-15T23:59:58Z' }
      const context = secured.credential['@context']
      const custody = broken
        ? signedDocument('CustodyAttestation', { ...altered, '@context': context })
        : honest
      const passport = await consortium.passport({}, { custody: [custody] })
      const bytes = await consortium.presentation({
        passport,
        lists: await consortium.statusLists(),
        add: [accreditation, custody],
      })
      return verify(bytes, methods === undefined ? {} : { methods })
    }

    it('is refused where that was changed after it was signed', async () => {
      assert.deepEqual(grave(await sent()), [])
      const verdict = await sent(undefined, true)
      assert.ok(grave(verdict).includes('PROOF_INVALID'))
      const link = verdict.chain.find(({ type }) => type === 'CustodyAttestation')
      assert.equal(link?.result, 'failed')
    })

    it('is judged by all that does not depend on a method the policy does not name', async () => {
      const other = {
        key: 'other',
        version: '1.0.0',
        digestMultibase: consortium.policy().digestMultibase,
      }
      assert.deepEqual(grave(await sent([other])), ['RULEBOOK_NOT_ACCEPTED'])
    })
  })

  it('is that of another issuer or battery than each of a delivery is expected to be', async () => {
    const bytes = await consortium.presentation()
    const { packMaker, miner } = consortium.parties
    const expecting = async (expectIssuer: string, expectSubject: string) => {
      const asked = { ...deps(), expectIssuer, expectSubject }
      const [verdict] = await all(verifyMany([bytes], consortium.policy(), asked))
      const withdrawn = { key: miner.signer.publicKey.thumbprint }
      const [fallen] = await all(impact(withdrawn, [bytes], consortium.policy(), asked))
      assert.ok(verdict !== undefined && fallen !== undefined)
      assert.deepEqual(grave(fallen.before), grave(verdict))
      return grave(verdict)
    }
    assert.deepEqual(await expecting(packMaker.did, BATTERY_ID), [])
    assert.deepEqual(await expecting(miner.did, BATTERY_ID), ['ISSUER_MISMATCH'])
    assert.deepEqual(await expecting(packMaker.did, MODEL_ID), ['SUBJECT_UNEXPECTED'])
  })

  it('does not rest on a key where its signatures do not hold', async () => {
    const { climateBody } = consortium.parties
    const withdrawn = { key: climateBody.signer.publicKey.thumbprint }
    const text = new TextDecoder().decode(await consortium.presentation())
    const broken = new TextEncoder().encode(text.replaceAll('5 % of the total', '9 % of the total'))
    const asked = async (bytes: Uint8Array) => {
      const [found] = await all(impact(withdrawn, [bytes], consortium.policy(), deps()))
      return [found?.effect, found?.restsOnIt]
    }
    assert.deepEqual(await asked(await consortium.presentation()), ['falls', true])
    const unsigned = await consortium.presentation({
      lists: [],
      omit: ({ type }) => type === 'RulebookAttestation',
    })
    assert.deepEqual(await asked(unsigned), ['not-accepted', false])
    assert.equal((await asked(broken))[0], 'not-accepted')
  })

  it('of a battery names that battery, and none of its model', async () => {
    const { secured } = await consortium.passport()
    const { credentialSubject } = secured.credential
    assert.ok(credentialSubject.granularity === 'item')
    assert.equal(expectedId(credentialSubject, 'item'), BATTERY_ID)
    assert.equal(expectedId(credentialSubject, 'model'), MODEL_ID)
    assert.equal(expectedId(credentialSubject, 'batch'), undefined)
    assert.deepEqual(passportIdFindings(secured), [])
    const ofModel = {
      ...secured,
      credential: {
        ...secured.credential,
        credentialSubject: { ...credentialSubject, model: BATTERY_ID },
      },
    }
    const [first] = passportIdFindings(ofModel)
    assert.equal(first?.pointer, '/credentialSubject/id')
    assert.notEqual(first?.expected, first?.found)
    assert.equal(first?.found, BATTERY_ID)
  })

  it('of a model has no item that could be attested', async () => {
    const { secured } = await consortium.passport()
    const { model: _, manufacturedOn: __, ...rest } = Object(secured.credential.credentialSubject)
    const battery = { ...rest, id: MODEL_ID, granularity: 'model', model: MODEL_ID }
    assert.equal(expectedId(battery, 'item'), undefined)
    assert.equal(expectedId(battery, 'model'), MODEL_ID)
    const about = (model: string) => ({
      ...secured,
      credential: { ...secured.credential, credentialSubject: { ...battery, model } },
    })
    assert.deepEqual(passportIdFindings(about(MODEL_ID)), [])
    assert.deepEqual(
      passportIdFindings(about(BATTERY_ID)).map(({ pointer, expected, found }) => [
        pointer,
        expected,
        found,
      ]),
      [['/credentialSubject/model', MODEL_ID, BATTERY_ID]],
    )
  })

  it('claims no score with fewer rulebooks than were attested', async () => {
    const { score } = (await consortium.passport()).secured.credential.credentialSubject
    const claim = { ...score, rulebooks: score.rulebooks.slice(0, 1) }
    for (const form of ['eddsa-jcs-2022', 'vc+jwt'] as const) {
      const passport = await consortium.passport({ subject: { score: claim }, form })
      const verdict = await verify(await consortium.presentation({ passport }))
      assert.deepEqual(grave(verdict), ['SCORE_MISMATCH'])
      const { pointer } = only(verdict, 'SCORE_MISMATCH')
      assert.match(pointer, /^.credentialSubject.score.rulebooks.1/)
    }
  })

  it('rests on a body that only a stranger calls the operator of what it attests', async () => {
    const { climateBody, miner } = consortium.parties
    const mine = consortium.identities.get('miner')
    assert.ok(mine !== undefined)
    const { facilities } = mine.secured.credential.credentialSubject
    const naming = (change: Change) =>
      consortium.identity(climateBody, {
        ...change,
        credential: { id: 'https://registrar.example/identities/again', ...change.credential },
        subject: { facilities },
      })
    const status = consortium.board.entriesFor(miner, 'urn:x:again')
    const byStranger = await naming({
      credential: { issuer: miner.did, credentialStatus: status },
      signer: miner.signer,
    })
    const told = async (identity: Awaited<ReturnType<typeof naming>>) =>
      grave(await verify(await consortium.presentation({ add: [identity] })))
    assert.deepEqual(await told(byStranger), [])
    assert.ok((await told(await naming({}))).includes('NOT_INDEPENDENT'))
  })

  it('is briefly nothing where it cannot be read', async () => {
    const verdict = await verify(new TextEncoder().encode('no passport'))
    assert.deepEqual(briefly(verdict), {
      outcome: 'rejected',
      findings: verdict.findings,
      passport: null,
    })
    const honest = briefly(await verify(await consortium.presentation()))
    assert.deepEqual(honest.passport?.credential, (await consortium.passport()).id)
  })
})
