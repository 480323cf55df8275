import type { Fraud, Workshop } from './fraud.ts'
import { attestationOf, presentationOf } from './genuine.ts'
import { facilityId } from './world.ts'

/** Values that were changed after signing, by somebody without a key. */
export function tamperingFrauds({ world, genuine }: Workshop): readonly Fraud[] {
  const { passport, others } = genuine
  const cells = attestationOf(genuine, facilityId(world, 'puszta-cells'), 'greenhouse-gas')
  const weight = ['credentialSubject', 'product', 'weightKg']
  const energy = cells.credential.credentialSubject.results.findIndex(
    ({ indicator }) => indicator === 'ghg.cell-energy',
  )
  const value = ['credentialSubject', 'results', String(energy), 'value']
  return [
    {
      title: 'a value changed in the passport: a lighter pack',
      expected: [{ code: 'PROOF_INVALID', on: 'passport' }],
      presentation: presentationOf([
        withValue(passport.document, weight, '352'),
        ...others.map(({ document }) => document),
      ]),
    },
    {
      title: 'a value changed in an attestation: a cell plant that needs less energy',
      expected: [
        { code: 'PROOF_INVALID', on: 'attestation' },
        { code: 'DIGEST_MISMATCH', on: 'passport' },
      ],
      presentation: presentationOf([
        passport.document,
        ...others.map((each) =>
          each === cells ? withValue(each.document, value, '24') : each.document,
        ),
      ]),
    },
  ]
}

/** A copy of a document with another value at a path, which must exist. */
export function withValue(document: unknown, path: readonly string[], value: unknown): unknown {
  const [member, ...rest] = path
  if (member === undefined) return value
  const missing = new TypeError(`the document has nothing at ${path.join('/')}`)
  if (Array.isArray(document)) {
    const index = Number(member)
    if (document[index] === undefined) throw missing
    return document.map((item, at) => (at === index ? withValue(item, rest, value) : item))
  }
  if (typeof document !== 'object' || document === null || !Object.hasOwn(document, member)) {
    throw missing
  }
  return Object.fromEntries(
    Object.entries(document).map(([key, item]) => [
      key,
      key === member ? withValue(item, rest, value) : item,
    ]),
  )
}
