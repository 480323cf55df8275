import { digestMultibase } from '@battery-passport/contexts'
import {
  BoundedCache,
  type Fetcher,
  parseWebDid,
  type Resolution,
  type Resolver,
  readDidDocument,
  type WebDidReading,
} from '@battery-passport/keys'
import type { Clock } from '../inquiry.ts'
import { readJson } from '../reading/json.ts'
import { LIMITS, type Limits } from '../reading/limits.ts'

/** A DID document: as much as a credential, and as strictly read. */
const DID_DOCUMENT_LIMITS: Limits = { ...LIMITS, presentationBytes: LIMITS.credentialBytes }

/** What a resolver of did:web asks with, and how much. */
export interface WebDidResolverOptions {
  readonly fetcher: Fetcher
  readonly clock: Clock
  /** How long an answer is taken again without asking; default 300 s. */
  readonly maximumAgeSeconds?: number
  /** The most DIDs asked for in that time: who presents them chooses them. Default 64. */
  readonly maximumFetches?: number
  /** The most of them that may fail, each by a timeout perhaps; default 8. */
  readonly maximumFailures?: number
}

/**
 * Resolves did:web through a fetcher, by the instant of the clock. The document must be that of the
 * DID, its text strict JSON without repeated keys. What was fetched, or was not there, is remembered
 * for a while; who asks for very many, or for hosts that do not answer, is refused the rest.
 *
 * @see https://w3c-ccg.github.io/did-method-web/#read-resolve
 * @example
 * ```ts
 * const web = webDidResolver({ fetcher: httpsFetcher(), clock })
 * const resolver = resolverByMethod({ key: didKeyResolver(), web })
 * const verifier = createVerifier({ policy, clock, resolver })
 * ```
 */
export function webDidResolver(options: WebDidResolverOptions): Resolver {
  const { fetcher, clock, maximumAgeSeconds = 300 } = options
  const { maximumFetches = 64, maximumFailures = 8 } = options
  const read = new BoundedCache<Read>(maximumFetches)
  let round = newRound(Number.NEGATIVE_INFINITY)

  const ask = async ({ did, url }: WebDid, within: Round): Promise<Resolution> => {
    const fetched = await fetcher.fetch(url)
    if (!fetched.ok) {
      within.failures += 1
      return refuse('DID_UNRESOLVED', `${url}: ${fetched.detail}`)
    }
    const digest = digestMultibase(fetched.bytes)
    const before = read.get(did)
    // The same document stays the same object: what was found under it may be remembered.
    if (before?.digest === digest) return before.resolution
    const resolution = readDocument(fetched.bytes, { did, url })
    read.set(did, { digest, resolution })
    return resolution
  }

  return {
    async resolve(text) {
      const web = parseWebDid(text)
      if (!web.ok) return refuse('DID_NOT_CANONICAL', web.detail)
      const now = clock.now()
      if (now < round.since || now - round.since >= maximumAgeSeconds) round = newRound(now)
      const { answers, failures } = round
      const known = answers.get(web.did)
      if (known !== undefined) return known
      if (answers.size >= maximumFetches) {
        return refuse('DID_UNRESOLVED', `expected at most ${maximumFetches} did:web at a time`)
      }
      if (failures >= maximumFailures) {
        return refuse('DID_UNRESOLVED', `not asked: ${failures} others could not be fetched`)
      }
      const answer = ask(web, round)
      answers.set(web.did, answer)
      return answer
    },
  }
}

type WebDid = Extract<WebDidReading, { readonly ok: true }>

/** What was asked in one stretch of time. */
interface Round {
  readonly since: number
  /** Kept as they are awaited: two who ask at the same time ask once. */
  readonly answers: Map<string, Promise<Resolution>>
  failures: number
}

interface Read {
  readonly digest: string
  readonly resolution: Resolution
}

function newRound(since: number): Round {
  return { since, answers: new Map(), failures: 0 }
}

function readDocument(bytes: Uint8Array, { did, url }: Pick<WebDid, 'did' | 'url'>): Resolution {
  const json = readJson(bytes, DID_DOCUMENT_LIMITS)
  if (!json.ok) {
    const { pointer, expected, found } = json.fault
    return refuse('DID_UNRESOLVED', `${url}${pointer}: expected ${expected}, found ${found}`)
  }
  const reading = readDidDocument(json.value, did)
  if (reading.ok) return reading
  return refuse('DID_UNRESOLVED', `${url}${reading.pointer}: ${reading.detail}`)
}

function refuse(code: (Resolution & { ok: false })['code'], detail: string): Resolution {
  return { ok: false, code, detail }
}
