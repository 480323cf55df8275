import assert from 'node:assert/strict'
import type { AccreditationScope } from '@battery-passport/contexts'
import { type AccreditationRequest, accredit, identify } from '@battery-passport/issuer'
import { Consortium, DATES } from '../support/consortium.ts'
import { faultsOf } from './refusal.ts'

const { created } = DATES.accreditations

describe('accredit', () => {
  let consortium: Consortium
  before(async () => {
    consortium = await Consortium.assemble()
  })

  const accreditationOf = (key: string) => {
    const accreditation = consortium.accreditations.get(key)
    assert.ok(accreditation !== undefined)
    return accreditation.secured
  }

  const requestOf = (key: string): AccreditationRequest => {
    const { id, issuer, validFrom, validUntil, credentialStatus, credentialSubject } =
      accreditationOf(key).credential
    const { accreditedBy: _, ...subject } = credentialSubject
    return { id, issuer, validFrom, validUntil, credentialStatus, subject }
  }

  const scopeOf = (request: AccreditationRequest): AccreditationScope => {
    const [entry] = request.subject.scope
    assert.ok(entry !== undefined)
    return entry
  }

  it('makes what the consortium signs, by an anchor and by a delegate', () => {
    assert.deepEqual(
      accredit(requestOf('accreditationBody'), { created }),
      accreditationOf('accreditationBody').credential,
    )
    const accreditedBy = accreditationOf('accreditationBody')
    for (const key of ['climateBody', 'socialBody', 'productBody']) {
      assert.deepEqual(
        accredit(requestOf(key), { created, accreditedBy }),
        accreditationOf(key).credential,
      )
    }
  })

  it('names every fault of the shape at once', () => {
    const request = requestOf('climateBody')
    const faults = faultsOf('ACCREDITATION_REFUSED', () =>
      accredit(
        {
          ...request,
          validFrom: 'yesterday',
          subject: { ...request.subject, mayDelegate: 'no' as never, standard: '' },
        },
        { created },
      ),
    )
    assert.deepEqual(faults, [
      'SCHEMA /credentialSubject/mayDelegate',
      'SCHEMA /credentialSubject/standard',
      'SCHEMA /validFrom',
    ])
  })

  it('refuses dates in no order, also of keys', () => {
    const request = requestOf('climateBody')
    const faults = faultsOf('ACCREDITATION_REFUSED', () =>
      accredit(
        {
          ...request,
          validFrom: request.validUntil,
          validUntil: request.validFrom,
          subject: {
            ...request.subject,
            keys: request.subject.keys.map(({ thumbprint, from, until }) => ({
              thumbprint,
              from: until,
              until: from,
            })),
          },
        },
        { created },
      ),
    )
    assert.deepEqual(faults, ['SCHEMA /credentialSubject/keys/0/until', 'SCHEMA /validUntil'])
  })

  it('refuses that a body accredits itself', () => {
    const request = requestOf('accreditationBody')
    const faults = faultsOf('ACCREDITATION_REFUSED', () =>
      accredit({ ...request, issuer: request.subject.id }, { created }),
    )
    assert.deepEqual(faults, ['NOT_INDEPENDENT /credentialSubject/id'])
  })

  it('refuses a scope beyond that of the delegator, entry by entry', () => {
    const request = requestOf('climateBody')
    const entry = scopeOf(request)
    const accreditedBy = accreditationOf('accreditationBody')
    const beyond = (members: Partial<AccreditationScope>) =>
      faultsOf('ACCREDITATION_REFUSED', () =>
        accredit(
          {
            ...request,
            subject: { ...request.subject, scope: [entry, { ...entry, ...members }] },
          },
          { created, accreditedBy },
        ),
      )
    const second = ['ACCREDITATION_SCOPE /credentialSubject/scope/1']
    assert.deepEqual(beyond({ rulebook: 'another' }), second)
    assert.deepEqual(beyond({ rulebookDigests: [consortium.method.digestMultibase] }), second)
    assert.deepEqual(beyond({ engagementTypes: ['certification'] }), second)
  })

  it('refuses a delegator that may not delegate, is another, or is not in force', () => {
    const request = requestOf('climateBody')
    const refusedBy = (key: string, at: string = created) =>
      faultsOf('ACCREDITATION_REFUSED', () =>
        accredit(request, { created: at, accreditedBy: accreditationOf(key) }),
      )
    const place = '/credentialSubject/accreditedBy'
    assert.deepEqual(refusedBy('climateBody'), [
      `ACCREDITATION_SCOPE ${place}`,
      `ISSUER_NOT_AUTHORISED ${place}`,
    ])
    assert.deepEqual(refusedBy('accreditationBody', '2029-01-01T00:00:00Z'), [
      `ACCREDITATION_TIME ${place}`,
    ])
  })
})

describe('identify', () => {
  let consortium: Consortium
  before(async () => {
    consortium = await Consortium.assemble()
  })

  const requestOf = (key: string) => {
    const identity = consortium.identities.get(key)
    assert.ok(identity !== undefined)
    const { id, issuer, validFrom, validUntil, credentialStatus, credentialSubject } =
      identity.secured.credential
    return { id, issuer, validFrom, validUntil, credentialStatus, subject: credentialSubject }
  }

  it('makes what the consortium signs', () => {
    for (const [key, identity] of consortium.identities) {
      assert.deepEqual(identify(requestOf(key)), identity.secured.credential)
    }
  })

  it('refuses a self-claim', () => {
    const request = requestOf('miner')
    assert.deepEqual(
      faultsOf('IDENTITY_REFUSED', () => identify({ ...request, issuer: request.subject.id })),
      ['ISSUER_NOT_AUTHORISED /credentialSubject/id'],
    )
  })

  it('refuses an organisation without any registered id', () => {
    const request = requestOf('miner')
    const { lei: _, ...subject } = request.subject
    const faults = faultsOf('IDENTITY_REFUSED', () => identify({ ...request, subject }))
    assert.ok(faults.every((fault) => fault.startsWith('SCHEMA /credentialSubject')))
  })

  it('refuses a facility with two entries, or an alias that is another facility', () => {
    const request = requestOf('miner')
    const refused = (facilities: (typeof request)['subject']['facilities']) =>
      faultsOf('IDENTITY_REFUSED', () =>
        identify({ ...request, subject: { ...request.subject, facilities } }),
      )
    const id = consortium.facilities.mine.id
    const other = consortium.facilities.refinery.id
    assert.deepEqual(refused([{ id }, { id }]), ['SCHEMA /credentialSubject/facilities/1/id'])
    assert.deepEqual(refused([{ id }, { id: other, aliases: ['urn:other:1', id] }]), [
      'SCHEMA /credentialSubject/facilities/1/aliases/1',
    ])
  })
})
