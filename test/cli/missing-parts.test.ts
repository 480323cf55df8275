import assert from 'node:assert/strict'
import { missingParts } from '../../cli/bundling/missing-parts.ts'
import { Consortium, type Signed } from '../support/consortium.ts'

describe('what is missing in a bundle', () => {
  let consortium: Consortium
  let chain: readonly Signed[]

  before(async () => {
    consortium = await Consortium.assemble()
    chain = [
      ...consortium.attestations,
      ...consortium.accreditations.values(),
      ...(await consortium.statusLists()),
    ]
  })

  const missing = (credentials: readonly Signed[]) =>
    missingParts(credentials.map(({ secured }) => secured)).map(({ what }) => what)

  it('is nothing of a whole chain, and each list that is not there', () => {
    assert.deepEqual(missing(chain), [])
    const { climateBody } = consortium.parties
    const isTheirs = ({ type, secured }: Signed) =>
      type === 'BitstringStatusListCredential' && secured.issuer === climateBody.did
    assert.deepEqual(missing(chain.filter((each) => !isTheirs(each))), [
      'revocation list',
      'suspension list',
    ])
  })

  it('is the notice that a list names for a credential in it', async () => {
    const { climateBody } = consortium.parties
    const about = consortium.attestations.find(({ secured }) => secured.issuer === climateBody.did)
    assert.ok(about !== undefined)
    const notice = await consortium.notice(climateBody, about)
    const lists = await consortium.board.lists(climateBody, {
      revoked: [about.id],
      notices: [{ about: about.id, notice }],
    })
    const others = chain.filter(
      ({ type, secured }) =>
        type !== 'BitstringStatusListCredential' || secured.issuer !== climateBody.did,
    )
    assert.deepEqual(missing([...others, ...lists]), ['WithdrawalNotice'])
    assert.deepEqual(missing([...others, ...lists, notice]), [])
    const without = others.filter((each) => each !== about)
    assert.deepEqual(missing([...without, ...lists]), [])
  })
})
