import assert from 'node:assert/strict'
import { fromBase64, readTimestamp } from '@battery-passport/keys'
import { NOW, presentationOf, type Signed } from '../../support/consortium.ts'
import { type Stamped, stamped, withTimestamps } from '../../support/stamped.ts'
import { type TestAuthority, testAuthority } from '../../support/timestamp-authority.ts'
import { evidenceOf, order, read, requestOf, served, submit } from './service-under-test.ts'

describe('A service that is given timestamps', () => {
  const its = served('each')
  let authority: TestAuthority
  before(async () => {
    authority = await testAuthority()
  })

  const first = (): Signed => {
    const [attestation] = its.consortium.attestations
    assert.ok(attestation !== undefined)
    return attestation
  }
  const stamp = (of: Signed = first(), time = NOW) => stamped(authority, of, time)
  const evidence = async (timestamps: readonly Stamped[]) =>
    withTimestamps(await evidenceOf(its.consortium), timestamps)
  /** The timestamps in the presentation of a new passport, which a buyer accepts. */
  const handedOut = async () => {
    const issued = await order(its.under.app, requestOf(its.consortium))
    assert.equal(issued.status, 201, issued.text)
    const shown = await read(its.under.app, `${issued.headers.location}/presentation`)
    const timestampAuthorities = [{ certificate: authority.root.pem }]
    const verifier = its.consortium.verifier({ timestampAuthorities })
    const verdict = await verifier.verifyPassport(shown.body)
    assert.equal(verdict.outcome, 'accepted', JSON.stringify(verdict.findings))
    assert.ok(!verdict.findings.some(({ code }) => code === 'TIMESTAMP_UNUSED'))
    const { timestamps }: { timestamps?: readonly Stamped[] } = JSON.parse(shown.body.toString())
    return timestamps
  }
  const unused = (body: { readonly findings: readonly { code: string; found: string }[] }) =>
    body.findings.flatMap(({ code, found }) => (code === 'TIMESTAMP_UNUSED' ? [found] : []))

  it('keeps them with their credentials, and hands them out, also after a restart', async () => {
    const own = await stamp()
    const answer = await submit(its.under.app, await evidence([own]))
    assert.equal(answer.status, 201, answer.text)
    assert.equal(answer.body.timestamps, 1)
    await its.restart()
    assert.deepEqual(await handedOut(), [own])
  })

  it('hands out none where there are none', async () => {
    const answer = await submit(its.under.app, await evidence([]))
    assert.equal(answer.body.timestamps, 0)
    assert.equal(await handedOut(), undefined)
  })

  it('takes one later, for what it keeps already, and each once', async () => {
    await submit(its.under.app, await evidenceOf(its.consortium))
    const own = await stamp()
    const late = withTimestamps(await presentationOf([first()]), [own])
    const answer = await submit(its.under.app, late)
    assert.equal(answer.status, 201, answer.text)
    assert.deepEqual([answer.body.stored, answer.body.timestamps], [[], 1])
    const { sequence } = its.under.store.head()
    const again = await submit(its.under.app, late)
    assert.equal(again.status, 200, again.text)
    assert.equal(again.body.timestamps, 0)
    assert.equal(its.under.store.head().sequence, sequence)
    assert.deepEqual(await handedOut(), [own])
    const second = await stamp()
    await submit(its.under.app, withTimestamps(await presentationOf([first()]), [second]))
    await its.restart()
    assert.deepEqual(await handedOut(), [own, second])
  })

  it('keeps no more of one credential than a verifier reads', async () => {
    const many = await Promise.all([1, 2, 3, 4, 5].map(() => stamp()))
    const answer = await submit(its.under.app, await evidence(many))
    assert.equal(answer.body.timestamps, 4)
    assert.equal((await handedOut())?.length, 4)
  })

  it('keeps none that does not hold, is of something else, or of a list, and says why', async () => {
    const [list] = await its.consortium.statusLists()
    assert.ok(list !== undefined)
    const own = await stamp()
    const other = await stamp(its.consortium.attestations[1])
    const token = fromBase64(own.rfc3161)
    assert.ok(token !== null)
    token[token.length - 1] = (token.at(-1) ?? 0) ^ 1
    assert.ok(readTimestamp(token).ok)
    const changed = { ...own, rfc3161: Buffer.from(token).toString('base64') }
    const stray = { ...other, digestMultibase: own.digestMultibase }
    const unread = { ...own, rfc3161: Buffer.from('no DER').toString('base64') }
    const ofList = await stamp(list)
    const absent = await stamp(await its.consortium.custodyAccreditation())
    const answer = await submit(
      its.under.app,
      await evidence([changed, stray, unread, ofList, absent]),
    )
    assert.equal(answer.status, 201, answer.text)
    assert.equal(answer.body.timestamps, 0)
    const found = unused(answer.body).join('\n')
    assert.match(found, /its signature does not hold/)
    assert.match(found, /one of zQm/)
    assert.match(found, /no RFC 3161 timestamp/)
    assert.match(found, /one of a status list/)
    assert.ok(found.includes(`one of ${absent.digestMultibase}`))
    assert.equal(await handedOut(), undefined)
  })
})
