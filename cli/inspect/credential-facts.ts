import { formatInstant } from '@battery-passport/contexts'
import {
  bitsSet,
  decodeBitstring,
  isOfType,
  type SecuredCredential,
} from '@battery-passport/verifier'
import { points } from '../report/figures.ts'
import type { Inspection } from './inspection.ts'

type Facts = Inspection['facts']

/** What a credential says, in the order in which a person asks. */
export function credentialFacts(secured: SecuredCredential): Facts {
  const { credential, digestMultibase, issuer, id, created, securing } = secured
  const isJwt = securing.form === 'vc+jwt'
  return [
    ['id', id],
    ['issuer', issuer],
    ...subjectFacts(secured),
    ['valid', `${credential.validFrom} to ${credential.validUntil}`],
    ['signed', `${formatInstant(created)}, by its signer's word`],
    ['secured with', isJwt ? 'vc+jwt' : securing.proof.cryptosuite],
    ['key', isJwt ? securing.keyId : securing.proof.verificationMethod],
    ['digest', digestMultibase],
    ...('credentialStatus' in credential
      ? credential.credentialStatus.map(
          ({ statusPurpose, statusListIndex, statusListCredential }) =>
            [statusPurpose, `entry ${statusListIndex} of ${statusListCredential}`] as const,
        )
      : []),
  ]
}

/** What a credential is about, by its type. */
function subjectFacts(secured: SecuredCredential): Facts {
  if (isOfType(secured, 'BatteryPassport')) return passportFacts(secured)
  if (isOfType(secured, 'RulebookAttestation')) return attestationFacts(secured)
  if (isOfType(secured, 'VerifierAccreditation')) return accreditationFacts(secured)
  if (isOfType(secured, 'RegisteredIdentity')) return identityFacts(secured)
  if (isOfType(secured, 'BitstringStatusListCredential')) return listFacts(secured)
  if (isOfType(secured, 'CustodyAttestation')) {
    return [['supply chain of', secured.credential.credentialSubject.id]]
  }
  if (isOfType(secured, 'WithdrawalNotice')) {
    const { id, reason } = secured.credential.credentialSubject
    return [
      ['withdraws', id],
      ['reason', reason],
    ]
  }
  return []
}

function passportFacts({ credential }: SecuredCredential<'BatteryPassport'>): Facts {
  const { credentialSubject: subject } = credential
  const { score, supplyChain, attestations, custody } = subject
  return [
    ['battery', `${subject.id} (${subject.granularity})`],
    ['category', `${subject.category}, ${subject.chemistry}`],
    ['manufacturer', subject.manufacturer],
    ...(subject.granularity === 'item'
      ? [['manufactured on', subject.manufacturedOn] as const]
      : []),
    [
      'claimed score',
      `${points(score.value)} to ${points(score.upper)}, grade ${score.grade}, by ${score.method.key} ${score.method.version}; not recomputed here`,
    ],
    [
      'rests on',
      `${attestations.length} attestations, ${custody.length} custody attestations, ${supplyChain.length} rows of supply chain`,
    ],
  ]
}

function attestationFacts({ credential }: SecuredCredential<'RulebookAttestation'>): Facts {
  const { credentialSubject: subject } = credential
  const { rulebook, period, engagement, results, activities, evidenceFiles } = subject
  const place = subject.type === 'Facility' ? `in ${subject.country}` : subject.granularity
  return [
    ['subject', `${subject.type} ${subject.id} (${place})`],
    [
      subject.type === 'Facility' ? 'operator' : 'manufacturer',
      subject.type === 'Facility' ? subject.operator : subject.manufacturer,
    ],
    ['rulebook', `${rulebook.key} ${rulebook.version} (${rulebook.digestMultibase})`],
    [
      'activities',
      activities
        .map((each) =>
          'material' in each && each.material !== undefined
            ? `${each.stage} of ${each.material}`
            : each.stage,
        )
        .join(', '),
    ],
    ['period', `${period.from} to ${period.until}`],
    [
      'conclusion',
      `${engagement.conclusion} (${engagement.engagementType}, ${engagement.standard}), stated ${engagement.statementDate}`,
    ],
    ['results', `indicators: ${results.length}; evidence files: ${evidenceFiles.length}`],
    ['accreditation', subject.accreditation.id],
  ]
}

function accreditationFacts({ credential }: SecuredCredential<'VerifierAccreditation'>): Facts {
  const { credentialSubject: subject } = credential
  return [
    ['body', `${subject.legalName} (${subject.id})`],
    ['standard', `${subject.standard}, no. ${subject.registrationNumber}`],
    ...subject.scope.map(
      ({ rulebook, assuranceLevels, subjectTypes, stages, materials, countries }) =>
        [
          'scope',
          `${rulebook}: ${assuranceLevels.join(' and ')} assurance; ${subjectTypes.join(', ')}; stages ${stages.join(', ')}; materials ${materials.join(', ')}; countries ${countries.join(', ')}`,
        ] as const,
    ),
    ['may delegate', subject.mayDelegate ? 'yes' : 'no'],
    ...(subject.accreditedBy === undefined
      ? []
      : [['accredited by', subject.accreditedBy.id] as const]),
    ['keys', String(subject.keys.length)],
  ]
}

function identityFacts({ credential }: SecuredCredential<'RegisteredIdentity'>): Facts {
  const { credentialSubject: subject } = credential
  return [
    ['organisation', `${subject.legalName} (${subject.id})`],
    ...(subject.lei === undefined ? [] : [['LEI', subject.lei] as const]),
    ...(subject.ultimateParentLei === undefined
      ? []
      : [['ultimate parent', subject.ultimateParentLei] as const]),
    ['roles', subject.roles.join(', ')],
    ['facilities', subject.facilities.map(({ id }) => id).join(', ') || 'none'],
    ['keys', String(subject.keys.length)],
  ]
}

function listFacts({ credential }: SecuredCredential<'BitstringStatusListCredential'>): Facts {
  const { statusPurpose, encodedList, notices = [] } = credential.credentialSubject
  const decoded = decodeBitstring(encodedList)
  return [
    ['purpose', statusPurpose],
    [
      'entries',
      decoded.ok
        ? `${decoded.bits.length * 8}, of which ${bitsSet(decoded.bits)} are set`
        : `unreadable: ${decoded.detail}`,
    ],
    ...(notices.length === 0 ? [] : [['notices', String(notices.length)] as const]),
  ]
}
