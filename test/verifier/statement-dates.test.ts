import assert from 'node:assert/strict'
import { statementDateFindings } from '../../verifier/time/period.ts'
import { Consortium, type Signed } from '../support/consortium.ts'

describe('The date of a statement', () => {
  let attestation: Signed<'RulebookAttestation'>

  before(async () => {
    const consortium = await Consortium.assemble()
    attestation = consortium.attestations[0] ?? assert.fail()
  })

  /** What is found of the dates of an attestation that was signed on 20 March 2026. */
  function found(dates: {
    readonly from?: string
    readonly until?: string
    readonly visit?: string
    readonly stated?: string
  }) {
    const { from = '2025-01-01', until = '2025-12-31', visit, stated = '2026-03-20' } = dates
    const { secured } = attestation
    const { credential } = secured
    const { credentialSubject } = credential
    const { engagement } = credentialSubject
    const siteVisits = visit === undefined ? [] : [{ date: visit, mode: 'on-site' as const }]
    const changed = {
      ...secured,
      created: Date.parse('2026-03-20T12:00:00Z') / 1000,
      credential: {
        ...credential,
        credentialSubject: {
          ...credentialSubject,
          period: { from, until },
          engagement: { ...engagement, statementDate: stated, siteVisits },
        },
      },
    }
    return statementDateFindings(changed).map(
      ({ code, pointer, expected, found: came }) => `${code} ${pointer}: ${expected}; ${came}`,
    )
  }

  const place = 'STATEMENT_DATE /credentialSubject/engagement/statementDate'

  it('may be that of the signature, and no day later', () => {
    assert.deepEqual(found({}), [])
    assert.deepEqual(found({ stated: '2026-03-21' }), [
      `${place}: 2026-03-20 or earlier; 2026-03-21`,
    ])
  })

  it('is a day after the period at least', () => {
    assert.deepEqual(found({ stated: '2026-01-01' }), [])
    assert.deepEqual(found({ stated: '2025-12-31' }), [`${place}: after 2025-12-31; 2025-12-31`])
  })

  it('is that of the last visit or later', () => {
    assert.deepEqual(found({ visit: '2026-03-20' }), [])
    assert.deepEqual(found({ visit: '2026-03-20', stated: '2026-03-19' }), [
      `${place}: 2026-03-20 or later; 2026-03-19`,
    ])
  })

  it('is beside a period that ends no earlier than it begins', () => {
    assert.deepEqual(found({ from: '2025-12-31' }), [])
    assert.deepEqual(found({ from: '2026-01-01' }), [
      'PERIOD /credentialSubject/period: until 2026-01-01 or later; 2025-12-31',
    ])
  })
})
