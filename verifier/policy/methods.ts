import { digestOfDocument } from '@battery-passport/contexts'
import {
  type CheckedRulebook,
  checkMethod,
  checkRulebook,
  type Fault,
  type LoadedMethod,
  loadMethod,
  SHIPPED_METHODS,
  shippedRulebooks,
} from '@battery-passport/rulebooks'
import { listed } from '../findings/findings.ts'

/** The content behind a method's digest, or what of it is not at hand. */
export type MethodLookup =
  | { readonly ok: true; readonly method: LoadedMethod }
  | { readonly ok: false; readonly missing: string; readonly detail: string }

/** Finds methods by digest; each is checked and loaded once, when it is first asked for. */
export interface MethodLibrary {
  find(digestMultibase: string): MethodLookup
  /** A rulebook by digest, or null if its content is not at hand. */
  findRulebook(digestMultibase: string): CheckedRulebook | null
}

/** A method or rulebook document that was given has faults, so nothing can rest on it. */
export class MethodDocumentError extends TypeError {
  readonly faults: readonly Fault[]

  constructor(what: string, faults: readonly Fault[]) {
    const words = faults.map(
      ({ pointer, expected, found, remedy }) =>
        `${pointer} expected ${expected}, found ${found}. ${remedy}`,
    )
    super(`${what}: ${listed(words, ' ')}`)
    this.name = 'MethodDocumentError'
    this.faults = faults
  }
}

/**
 * The shipped methods and rulebooks, and those given. Rulebooks and methods never come from a
 * presentation: who issues a passport must not choose what its answers are worth.
 *
 * @throws {MethodDocumentError} if a given rulebook has faults; a method's are told by `find`
 */
export function methodLibrary(given: {
  readonly methods?: readonly unknown[]
  readonly rulebooks?: readonly unknown[]
}): MethodLibrary {
  // Copies: a document that its owner changes later would no longer be what its digest names.
  const own = structuredClone(given.rulebooks ?? []).map(rulebookEntry)
  for (const { rulebook } of own) rulebook()
  const rulebooks = new Map(
    [...shippedEntries(), ...own].map((entry) => [entry.digestMultibase, entry]),
  )
  const methods = new Map<string, unknown>(shippedMethods())
  for (const method of structuredClone(given.methods ?? []))
    methods.set(digestOfDocument(method), method)
  const loaded = new Map<string, MethodLookup>()
  return {
    findRulebook: (digest) => rulebooks.get(digest)?.rulebook() ?? null,
    find(digest) {
      const known = loaded.get(digest) ?? loadedShipped.get(digest)
      if (known !== undefined) return known
      const lookup = load(digest, methods, rulebooks)
      loaded.set(digest, lookup)
      if (shippedMethods().has(digest)) loadedShipped.set(digest, lookup)
      return lookup
    },
  }
}

/** A rulebook document by its digest; checked when it is first asked for. */
interface RulebookEntry {
  readonly digestMultibase: string
  readonly rulebook: () => CheckedRulebook
}

function rulebookEntry(document: unknown): RulebookEntry {
  return {
    digestMultibase: digestOfDocument(document),
    rulebook: once(() => checked(document)),
  }
}

/** What is shipped is frozen: it is digested, checked and loaded once, whoever makes a verifier. */
const shippedEntries = once(() =>
  shippedRulebooks().map(({ digestMultibase, rulebook }) => ({
    digestMultibase,
    rulebook: () => rulebook,
  })),
)
const shippedMethods = once(
  () => new Map(SHIPPED_METHODS.map((method) => [digestOfDocument(method), method])),
)
const loadedShipped = new Map<string, MethodLookup>()

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function load(
  digest: string,
  methods: ReadonlyMap<string, unknown>,
  rulebooks: ReadonlyMap<string, RulebookEntry>,
): MethodLookup {
  const document = methods.get(digest)
  if (document === undefined) {
    return { ok: false, missing: digest, detail: 'The content of the method is not at hand.' }
  }
  const pinned: CheckedRulebook[] = []
  for (const missing of pinnedDigests(document)) {
    const entry = rulebooks.get(missing)
    if (entry === undefined) {
      const detail = 'The content of a rulebook that the method pins is not at hand.'
      return { ok: false, missing, detail }
    }
    pinned.push(entry.rulebook())
  }
  const method = checkMethod(document, pinned)
  if (!method.ok) throw new MethodDocumentError('method', method.faults)
  return { ok: true, method: loadMethod(method.method, pinned) }
}

function checked(document: unknown): CheckedRulebook {
  const check = checkRulebook(document)
  if (check.ok) return check.rulebook
  throw new MethodDocumentError('rulebook', check.faults)
}

function pinnedDigests(method: unknown): string[] {
  if (method === null || typeof method !== 'object' || !('rulebooks' in method)) return []
  const { rulebooks } = method
  if (!Array.isArray(rulebooks)) return []
  return rulebooks.flatMap((pinned: unknown) =>
    pinned !== null &&
    typeof pinned === 'object' &&
    'digestMultibase' in pinned &&
    typeof pinned.digestMultibase === 'string'
      ? [pinned.digestMultibase]
      : [],
  )
}
