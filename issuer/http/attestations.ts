import {
  type Attestation,
  type Custody,
  isOfType,
  LIMITS,
  type SecuredCredential,
} from '@battery-passport/verifier'
import type { PassportService } from '../service/passport-service.ts'
import { JSON_TYPE, jsonAnswer, type Operation } from './operation.ts'
import { LIMIT, limitOf, pageAnswer } from './paging.ts'
import { strictJson } from './request-body.ts'

const AFTER = {
  name: 'after',
  description: 'The digest the last page ended with.',
  pattern: '^zQm[1-9A-HJ-NP-Za-km-z]{44}$',
}

/** Taking and listing attestations of assurance bodies. */
export function attestationOperations(service: PassportService): readonly Operation[] {
  return [
    {
      method: 'post',
      path: '/attestations',
      id: 'submitAttestations',
      summary: 'Submit attestations with what they rest on',
      description:
        'Takes a VerifiablePresentation of attestations with their accreditations, identities and status lists. Every attestation is walked to its anchor under the policy of this service before anything is stored; a refusal names every finding and stores nothing. What is stored already need not be sent again. Timestamps (RFC 3161) of credentials that are kept are kept with them and stand in the presentation of every passport that rests on them.',
      access: 'token',
      body: {
        mediaTypes: ['application/vp', JSON_TYPE],
        limit: LIMITS.presentationBytes,
        schema: 'Presentation',
      },
      answers: [
        {
          status: 201,
          description: 'Verified and stored',
          mediaTypes: [JSON_TYPE],
          schema: 'Submission',
        },
        {
          status: 200,
          description: 'All of it was stored before',
          mediaTypes: [JSON_TYPE],
          schema: 'Submission',
        },
      ],
      problems: ['EVIDENCE_REFUSED'],
      async handle({ body }) {
        strictJson(body)
        const accepted = await service.acceptEvidence(body)
        const { stored, known, leftOut, timestamps, findings } = accepted
        return jsonAnswer(stored.length + timestamps === 0 ? 200 : 201, {
          stored: stored.map(referenceOf),
          known: known.map(referenceOf),
          leftOut,
          timestamps,
          findings,
        })
      },
    },
    {
      method: 'get',
      path: '/attestations',
      id: 'listAttestations',
      summary: 'List the attestations at hand',
      description:
        'What a passport request can name, in the order of the digests: a RulebookAttestation under attestations, a CustodyAttestation under custody.',
      access: 'token',
      query: [AFTER, LIMIT],
      answers: [
        { status: 200, description: 'A page', mediaTypes: [JSON_TYPE], schema: 'AttestationPage' },
      ],
      problems: ['QUERY_INVALID'],
      async handle({ query }) {
        const limit = limitOf(query)
        const found = service.attestations(query.after ?? '', limit + 1)
        return pageAnswer(
          'attestations',
          found.map((each) =>
            isOfType(each, 'CustodyAttestation') ? listedCustody(each) : listed(each),
          ),
          limit,
          (each) => each.digestMultibase,
        )
      },
    },
  ]
}

function referenceOf({ id, type, digestMultibase, issuer }: SecuredCredential) {
  return { id, type, digestMultibase, issuer }
}

function listed(attestation: Attestation) {
  const { credentialSubject: subject, validFrom, validUntil } = attestation.credential
  const { key, version, digestMultibase } = subject.rulebook
  return {
    ...referenceOf(attestation),
    subject: { id: subject.id, type: subject.type },
    rulebook: { key, version, digestMultibase },
    activities: subject.activities,
    period: subject.period,
    validFrom,
    validUntil,
  }
}

function listedCustody(custody: Custody) {
  const { credentialSubject: subject, validFrom, validUntil } = custody.credential
  const { id, type, granularity, manufacturer, period, productionWindow } = subject
  return {
    ...referenceOf(custody),
    subject: { id, type, granularity, manufacturer },
    rows: subject.supplyChain.length,
    assuranceLevel: subject.assuranceLevel,
    period,
    productionWindow,
    validFrom,
    validUntil,
  }
}
