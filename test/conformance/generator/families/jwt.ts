import { jcs } from '@battery-passport/contexts'
import { present } from '../chain.ts'
import { edited, put, replaced } from '../edit.ts'
import { compactJwt, jwtParts } from '../forge.ts'
import { type Family, PASSPORT } from '../studio.ts'

/** Credentials enveloped in a JWT. */
export const jwt: Family = async (studio, collect) => {
  const enveloped = await studio.as('vc+jwt')
  await header(enveloped, collect)
  await payload(enveloped, collect)
  await encoding(enveloped, collect)
}

const header: Family = async ({ chain, consortium }, { accepted, rejected }) => {
  const whole = await chain()
  const compact = Buffer.from(whole.passport.bytes).toString()
  const bytes = present(whole)
  const honest = jwtParts(whole.passport)
  const { packMaker, cellMaker } = consortium.parties
  const refuse = async (name: string, code: string, why: string, changed: object | string) => {
    const text = typeof changed === 'string' ? changed : jcs({ ...honest.header, ...changed })
    const forged = await compactJwt(text, honest.payload, packMaker.signer)
    await rejected(name, code, why, { input: replaced(bytes, compact, forged) })
  }
  const invalid = 'PROOF_INVALID'
  const key = { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) }

  await accepted('presentation', 'Every credential is in an envelope.', { input: bytes })
  await refuse('none', invalid, 'alg is none: nothing secures it.', { alg: 'none' })
  await refuse('hmac', invalid, 'alg is HS256, with the public key as a shared secret.', {
    alg: 'HS256',
  })
  await refuse('another-algorithm', invalid, 'alg names another algorithm than the key has.', {
    alg: 'ES256',
  })
  await refuse('type-jwt', invalid, 'typ is JWT: a token for another purpose.', { typ: 'JWT' })
  await refuse(
    'embedded-key',
    invalid,
    'The header brings its own key (jwk): a key is looked up.',
    { jwk: key },
  )
  await refuse(
    'key-set',
    invalid,
    'The header says where to fetch its key (jku): nothing is fetched.',
    {
      jku: 'https://attacker.example/keys.json',
    },
  )
  await refuse(
    'critical-unknown',
    invalid,
    'crit names an extension that must be understood and is not.',
    {
      crit: ['urn:example:x'],
      'urn:example:x': 1,
    },
  )
  await refuse(
    'unencoded-payload',
    invalid,
    'b64 is false and critical: the payload would be read otherwise.',
    {
      b64: false,
      crit: ['b64'],
    },
  )
  await refuse(
    'unencoded-uncritical',
    invalid,
    'b64 is false and not critical, which some libraries ignore.',
    {
      b64: false,
    },
  )
  await refuse(
    'key-of-another',
    'KEY_NOT_AUTHORISED',
    'kid names a key that is not the issuer’s.',
    {
      kid: cellMaker.signer.verificationMethod,
    },
  )
  await refuse(
    'header-key-twice',
    'PROOF_ENCODING',
    'The header names alg twice: some readers take the first.',
    replaced(jcs(honest.header), '"alg":', '"alg":"none","alg":'),
  )
  await refuse(
    'header-byte-order-mark',
    'PROOF_ENCODING',
    'The header begins with a byte order mark, which some readers pass over.',
    `\ufeff${jcs(honest.header)}`,
  )
  await refuse(
    'header-too-long',
    'PROOF_ENCODING',
    'The header has more than 1,024 bytes: no DID URL is as long.',
    { kid: `${packMaker.did}#${'k'.repeat(1024)}` },
  )
  await refuse(
    'header-nested',
    'PROOF_ENCODING',
    'The header goes five thousand arrays deep, to exhaust the stack of who writes it again.',
    replaced(jcs(honest.header), '{', `{"a":${'['.repeat(5000)}${']'.repeat(5000)},`),
  )
}

const payload: Family = async ({ chain, consortium }, { accepted, rejected, open }) => {
  const whole = await chain()
  const compact = Buffer.from(whole.passport.bytes).toString()
  const rest = present(whole)
  const honest = jwtParts(whole.passport)
  const { packMaker } = consortium.parties
  const refuse = async (
    name: string,
    codes: string | readonly string[],
    why: string,
    changed: object | string,
  ) => {
    const forged = await compactJwt(honest.header, changed, packMaker.signer)
    await rejected(name, codes, why, {
      input: forged,
      as: 'input.jwt',
      with: { 'chain.json': rest },
    })
  }
  const { iat, ...unsigned } = honest.payload

  await accepted('compact', 'A compact JWT with its chain beside it.', {
    input: compact,
    as: 'input.jwt',
    with: { 'chain.json': rest },
  })
  await refuse(
    'issued-at-missing',
    'PROOF_TIME',
    'iat is missing: when it was signed is required.',
    unsigned,
  )
  await refuse(
    'issued-in-2096',
    'PROOF_TIME',
    'iat lies in the year 2096: nobody signs tomorrow.',
    {
      ...unsigned,
      iat: 3_976_214_400,
    },
  )
  await refuse(
    'proof-inside',
    'PROOF_COUNT',
    'A proof stands inside the JWT as well: one is enough.',
    {
      ...honest.payload,
      proof: {},
    },
  )
  await refuse(
    'payload-key-twice',
    'JSON_DUPLICATE_KEY',
    'The payload names its issuer twice: who it is must not depend on the reader.',
    replaced(jcs(honest.payload), '"issuer":', '"issuer":"did:example:x","issuer":'),
  )
  await open(
    'without-its-chain',
    ['REFERENCE_MISSING', 'STATUS_UNREACHABLE'],
    'A genuine passport with nothing that it rests on.',
    {
      input: compact,
      as: 'input.jwt',
      policy: { passportIssuers: [packMaker.did] },
    },
  )
}

const encoding: Family = async ({ chain }, { rejected }) => {
  const whole = await chain()
  const compact = Buffer.from(whole.passport.bytes).toString()
  const bytes = present(whole)
  const [head = '', body = '', signature = ''] = compact.split('.')
  const refuse = (name: string, code: string, why: string, forged: string) =>
    rejected(name, code, why, { input: replaced(bytes, compact, forged) })

  await refuse(
    'changed',
    'PROOF_INVALID',
    'The payload was changed after it was signed.',
    [
      head,
      Buffer.from(
        Buffer.from(body, 'base64url').toString().replace('"share":10000', '"share":9000'),
      ).toString('base64url'),
      signature,
    ].join('.'),
  )
  await refuse(
    'unsigned',
    'PROOF_ENCODING',
    'The signature of the token was cut off.',
    `${head}.${body}.`,
  )
  await refuse(
    'unused-bits',
    'PROOF_ENCODING',
    'The last letter of the signature has other unused bits: a second text of one token.',
    unusedBits(compact),
  )
  await rejected(
    'line-break',
    'JSON_INVALID',
    'A line break inside the token is no part of base64url.',
    {
      input: `${head}.${body.slice(0, 9)}\n${body.slice(9)}.${signature}`,
      as: 'input.jwt',
    },
  )
  const envelope = `${PASSPORT}/`
  const edit = (member: string, value: unknown) => ({
    input: edited(bytes, put(envelope + member, value)),
  })
  await rejected(
    'envelope-extended',
    'SCHEMA',
    'The envelope has a name: an envelope says nothing itself.',
    edit('name', 'Gold'),
  )
}

/** The last letter of a signature of 64 bytes has four bits that no byte has. */
function unusedBits(compact: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  const last = alphabet.indexOf(compact.slice(-1))
  return compact.slice(0, -1) + alphabet.charAt(last + 1)
}
