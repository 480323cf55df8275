import { isDeepStrictEqual } from 'node:util'
import type { ChainLink, ExplainedVerdict } from '@battery-passport/verifier'
import type { Sent } from './bases.ts'
import { firstReading } from './first-reading.ts'

/**
 * What a buyer relies on after an acceptance: the score, where it comes from, and every statement it
 * was read from, down to the anchor, as ordinary readers of the same bytes would read them. Those
 * share nothing with the verifier: one takes the last of two keys and one the first, they follow no
 * schema, and see no signature. Identities, status lists and timestamps stand beside the score, not in it:
 * they only say whether it may be relied on.
 */
export interface View {
  readonly battery: string | null
  readonly score: unknown
  readonly explanation: unknown
  readonly statements: readonly Statement[]
}

/** A statement with what the verdict says of it. */
export interface Statement {
  readonly link: Pick<ChainLink, 'credential' | 'type' | 'issuer' | 'restsOn' | 'signedAt'>
  readonly read: unknown
}

/** The view of an accepted input; `read` is undefined where ordinary readers disagree or find nothing. */
export function viewOf(sent: Sent, { verdict, battery, explanation }: ExplainedVerdict): View {
  const statements = reliedOn(verdict.chain).map((each) => {
    const { credential, type, issuer, restsOn, signedAt } = each
    const link = {
      credential,
      type,
      issuer,
      restsOn,
      ...(signedAt === undefined ? {} : { signedAt }),
    }
    return { link, read: readAt(sent, each.pointer) }
  })
  return { battery, score: verdict.score, explanation, statements }
}

/** The passport and what it names, and what that names, each once: the order is theirs. */
function reliedOn(chain: readonly ChainLink[]): readonly ChainLink[] {
  const found = new Set(chain.slice(0, 1))
  for (const { restsOn } of found) {
    for (const id of restsOn) {
      for (const each of chain) {
        if (each.result === 'passed' && each.credential === id) found.add(each)
      }
    }
  }
  return [...found]
}

/** What stands at a pointer, without what secures it. */
function readAt(sent: Sent, pointer: string): unknown {
  const last = readBy(JSON.parse, sent, pointer)
  return isDeepStrictEqual(last, readBy(firstReading, sent, pointer)) ? last : undefined
}

type Reader = (text: string) => unknown

function readBy(reader: Reader, { input, added }: Sent, pointer: string): unknown {
  const [, index, below] = /^\/with\/(\d+)(.*)$/.exec(pointer) ?? []
  const bytes = index === undefined ? input : added[Number(index)]
  if (bytes === undefined) return undefined
  try {
    const text = Buffer.from(bytes).toString()
    if (text.startsWith('eyJ')) return payloadOf(text, reader)
    let value: unknown = reader(text)
    for (const key of (below ?? pointer).split('/').slice(1))
      value = Reflect.get(Object(value), key)
    const { id, type, proof: _, ...rest } = Object(value)
    return type === 'EnvelopedVerifiableCredential' ? payloadOf(id, reader) : { id, type, ...rest }
  } catch {
    return undefined
  }
}

function payloadOf(compact: string, reader: Reader): unknown {
  const text = Buffer.from(compact.split('.')[1] ?? '', 'base64url').toString()
  const { iat: _, ...credential } = Object(reader(text))
  return credential
}
