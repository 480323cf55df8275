import { batchPassport, modelPassport } from '../battery.ts'
import { at, drop, type Edit, put, update } from '../edit.ts'
import {
  ACCREDITATION,
  ATTESTATION,
  type Family,
  IDENTITY,
  MAKER_LIST,
  PASSPORT,
} from '../studio.ts'

const SUBJECT = `${PASSPORT}/credentialSubject`

/** Documents that do not have the closed form of their type. */
export const shape: Family = async (studio, { accepted, rejected, open, beside }) => {
  const { honest, tampered, send } = studio
  const refuse = (name: string, why: string, ...edits: readonly Edit[]) =>
    rejected(name, 'SCHEMA', why, tampered(...edits))
  const id = String(at(honest, `${PASSPORT}/id`))

  beside('json/honest')
  await refuse(
    'number-as-text',
    'The score is written as text, which is another JSON value of the same triple.',
    put(`${SUBJECT}/score/value`, '9999'),
  )
  await refuse(
    'share-as-text',
    'A share is written as text, which is another JSON value of the same triple.',
    update(`${SUBJECT}/supplyChain/0/share`, String),
  )
  await refuse(
    'list-of-a-value',
    'A list of one value stands for the value.',
    list(`${SUBJECT}/chemistry`),
  )
  await refuse('added-name', 'A member nobody knows was added.', put(`${SUBJECT}/verified`, true))
  await refuse('member-missing', 'A required member was left out.', drop(`${SUBJECT}/chemistry`))

  await accepted('model', 'A passport of a battery model.', send({ passport: modelPassport() }))
  await refuse(
    'issuer-as-object',
    'The issuer is an object with an id: it must be a DID.',
    update(`${PASSPORT}/issuer`, (did) => ({ id: did })),
  )
  await refuse('subject-as-list', 'A list of one subject stands for the subject.', list(SUBJECT))
  await refuse(
    'subject-split',
    'The subject is in two parts: a reader of the first would see no score.',
    update(SUBJECT, (subject) => {
      const { score, ...others } = Object(subject)
      return [others, { id: others.id, score }]
    }),
  )
  await refuse(
    'valid-until-as-list',
    'A list of one end stands for the end.',
    list(`${PASSPORT}/validUntil`),
  )

  const instants: readonly [string, string][] = [
    ['february-31', '2036-02-31T12:00:00Z'],
    ['hour-24', '2036-09-20T24:00:00Z'],
    ['with-comment', '2036-09-20T12:00:00Z(x)'],
  ]
  for (const [name, instant] of instants) {
    await refuse(
      `instant-${name}`,
      'An instant is RFC 3339 in UTC with whole seconds, and exists.',
      put(`${PASSPORT}/validUntil`, instant),
    )
  }

  await accepted(
    'batch',
    'A passport of a batch of batteries.',
    send({ passport: batchPassport() }),
  )
  await rejected(
    'type-of-another',
    'SCHEMA',
    'The passport says that it is an attestation.',
    tampered(put(`${PASSPORT}/type/1`, 'RulebookAttestation')),
  )

  const ids: readonly [string, string][] = [
    ['relative', 'passports/1'],
    ['script', 'javascript:alert(1)'],
    ['with-space', `${id} x`],
    ['blank-node', '_:b0'],
  ]
  for (const [name, value] of ids) {
    await refuse(
      `id-${name}`,
      'An identifier is an absolute https, urn or did URI.',
      put(`${PASSPORT}/id`, value),
    )
  }
  const both = ['DIGEST_MISMATCH', 'SCHEMA']
  await rejected(
    'attestation-extended',
    both,
    'A member was added to the attestation: the passport rests on other bytes.',
    tampered(put(`${ATTESTATION}/credentialSubject/approved`, true)),
  )
  await rejected(
    'accreditation-extended',
    both,
    'A member was added to the accreditation after it was signed.',
    tampered(put(`${ACCREDITATION}/credentialSubject/mayEverything`, true)),
  )
  await rejected(
    'attestation-signed-without-form',
    'SCHEMA',
    'The signature of an assurance body does not make a form of its own.',
    send({ attestation: { subject: { approved: true } }, scoredHonestly: true }),
  )
  await rejected(
    'list-extended',
    'SCHEMA',
    'A member was added to the status list: it cannot be read.',
    tampered(put(`${MAKER_LIST}/credentialSubject/ttl`, 3e5)),
  )
  await open(
    'identity-extended',
    'REFERENCE_MISSING',
    'An identity that cannot be read identifies nobody; another may.',
    tampered(put(`${IDENTITY}/credentialSubject/verified`, true)),
    ['CREDENTIAL_UNUSED'],
  )
  await refuse(
    'status-missing',
    'The status entries were taken away: nobody could revoke it.',
    drop(`${PASSPORT}/credentialStatus`),
  )
  await refuse(
    'suspension-missing',
    'The entry for suspension was taken away.',
    drop(`${PASSPORT}/credentialStatus/1`),
  )
  await refuse(
    'status-unknown-type',
    'A status entry of a type that nobody can look up.',
    put(`${PASSPORT}/credentialStatus/0/type`, 'StatusList2021Entry'),
  )

  const indexes: readonly [string, unknown][] = [
    ['number', 5],
    ['hexadecimal', '0x5'],
  ]
  for (const [name, index] of indexes) {
    await refuse(
      `index-${name}`,
      'An index has one form: what some readers make of this is another entry.',
      put(`${PASSPORT}/credentialStatus/0/statusListIndex`, index),
    )
  }
}

function list(pointer: string): Edit {
  return update(pointer, (value) => [value])
}
