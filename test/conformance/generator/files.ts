import { FAMILIES } from './families.ts'
import { policyOf, RULEBOOK_FILES } from './policy.ts'
import { AT, openStudio, type Studio } from './studio.ts'
import { collector, type ExpectedScore, type Sent, type Vector } from './vector.ts'

/** Every file of the corpus by its path below `vectors/`. */
export type CorpusFiles = ReadonlyMap<string, Uint8Array>

/** Makes the corpus: the same bytes whenever, wherever. */
export async function corpusFiles(): Promise<CorpusFiles> {
  const studio = await openStudio()
  const files = new Map<string, Uint8Array>()
  for (const [family, make] of Object.entries(FAMILIES)) {
    const collect = collector(family)
    await make(studio, collect)
    for (const vector of collect.vectors) {
      const folder = `${family}/${vector.name}`
      for (const [name, bytes] of filesOf(vector, studio)) {
        const path = `${folder}/${name}`
        if (files.has(path)) throw new TypeError(`two vectors ${folder}`)
        files.set(path, bytes)
      }
    }
  }
  return files
}

function* filesOf(
  vector: Vector,
  { consortium }: Studio,
): Generator<readonly [name: string, bytes: Uint8Array]> {
  const { sent } = vector
  yield [sent.as ?? 'input.json', bytesOf(sent.input)]
  for (const [name, bytes] of Object.entries(sent.with ?? {}))
    yield [`with/${name}`, bytesOf(bytes)]
  yield ['policy.json', document(policyOf(consortium, sent.policy))]
  for (const { name, text } of RULEBOOK_FILES) yield [name, bytesOf(text)]
  yield ['expect.json', document(expectationOf(vector))]
}

/** What the runner compares, and why. */
function expectationOf(vector: Vector): object {
  const { why, outcome, codes, also, siblingOf, sent } = vector
  const { at = AT, expectSubject, expectIssuer } = sent
  return {
    why,
    at,
    expectSubject,
    expectIssuer,
    outcome,
    codes,
    ...(also.length === 0 ? {} : { also: [...also].sort() }),
    ...(outcome === 'accepted' ? { score: vector.score ?? claimedScore(sent) } : {}),
    ...(siblingOf === undefined ? {} : { siblingOf }),
  }
}

/** What the passport of an accepted input claims, which the verifier must have found as well. */
function claimedScore({ input }: Sent): ExpectedScore {
  const { value, upper, coverage } = Object(passportIn(Buffer.from(input).toString()))
    .credentialSubject.score
  return { value, upper, coverage }
}

function passportIn(text: string): unknown {
  if (!text.trimStart().startsWith('{')) return payloadOf(text)
  const document: { readonly verifiableCredential?: readonly { readonly id?: string }[] } =
    JSON.parse(text)
  const first = document.verifiableCredential?.[0] ?? Object(document)
  return String(first.id).startsWith('data:') ? payloadOf(String(first.id)) : first
}

function payloadOf(compact: string): unknown {
  return JSON.parse(Buffer.from(compact.split('.')[1] ?? '', 'base64url').toString())
}

function bytesOf(content: Uint8Array | string): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content
}

function document(value: object): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`)
}
