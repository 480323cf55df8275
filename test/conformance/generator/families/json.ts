import { replaced } from '../edit.ts'
import type { Family } from '../studio.ts'

/** Text that readers of JSON disagree about: keys twice, and names that reach every object. */
export const json: Family = async ({ honest }, { accepted, rejected }) => {
  const text = Buffer.from(honest).toString()
  const change = (from: string, to: string) => ({ input: replaced(text, from, to) })

  await accepted('honest', 'The smallest honest presentation: what the others differ from.', {
    input: honest,
  })
  const chemistry = '"chemistry":"NMC"'

  const twice: readonly [string, string, string][] = [
    [
      'duplicate-key',
      `"chemistry":"LFP",${chemistry}`,
      'A key stands twice: some readers take the first value.',
    ],
    [
      'duplicate-key-last',
      `${chemistry},"chemistry":"LFP"`,
      'A key stands twice: most readers take the last value, which nobody signed.',
    ],
    [
      'duplicate-key-same-value',
      `${chemistry},${chemistry}`,
      'A key stands twice with one value: a signed text names a key once.',
    ],
    [
      'duplicate-key-escaped',
      `"chemistry":"LFP","chem\\u0069stry":"NMC"`,
      'A key stands twice in two spellings, one with an escape.',
    ],
  ]
  for (const [name, to, why] of twice) {
    await rejected(name, 'JSON_DUPLICATE_KEY', why, change(chemistry, to))
  }
  await rejected(
    'duplicate-key-in-proof',
    'JSON_DUPLICATE_KEY',
    'Which purpose was checked must not depend on the reader.',
    change(
      '"proofPurpose":"assertionMethod"',
      '"proofPurpose":"authentication","proofPurpose":"assertionMethod"',
    ),
  )
  await rejected(
    'duplicate-key-in-presentation',
    'JSON_DUPLICATE_KEY',
    'Two lists of credentials in one presentation are two presentations.',
    change('"verifiableCredential":[', '"verifiableCredential":[],"verifiableCredential":['),
  )
  const product = '"product":{'

  const reserved: readonly [string, string, string][] = [
    [
      'key-proto',
      `${product}"__proto__":{"approved":true},`,
      'A key named __proto__ reaches every object.',
    ],
    [
      'key-proto-escaped',
      `${product}"\\u005f_proto__":{"approved":true},`,
      'A key named __proto__, written with an escape, is the same key.',
    ],
    [
      'key-constructor',
      `${product}"constructor":{"prototype":{}},`,
      'A key named constructor reaches every object.',
    ],
    [
      'key-prototype',
      `${product}"prototype":{"approved":true},`,
      'A key named prototype reaches every object.',
    ],
  ]
  for (const [name, to, why] of reserved) {
    await rejected(name, 'JSON_INVALID', why, change(product, to))
  }
  const facility = /"facility":"[^"]+"/.exec(text)?.[0] ?? ''
  await rejected(
    'value-proto',
    'JSON_INVALID',
    'An identifier __proto__: a JSON-LD processor writes to every object.',
    change(facility, '"facility":"__proto__"'),
  )
  await rejected(
    'value-proto-escaped',
    'JSON_INVALID',
    'The identifier __proto__, written with an escape, is the same value.',
    change(facility, '"facility":"_\\u005fproto__"'),
  )
  await rejected(
    'value-to-string',
    'SCHEMA',
    'The name of a method of every object, toString, is no identifier.',
    change(facility, '"facility":"toString"'),
  )
}
