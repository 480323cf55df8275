import { BoundedCache } from '@battery-passport/keys'
import type { DecodedDocument } from './decoded-document.ts'
import type {
  JsonDocument,
  JsonObject,
  JsonValue,
  KnownPart,
  KnownText,
  KnownTexts,
} from './json.ts'
import { isObject } from './shape.ts'
import { WeightedCache } from './weighted-cache.ts'

/** How much text is remembered, in characters: as much as the largest presentation has. */
const MOST_TEXT = 4 * 1024 * 1024

/** How many documents are looked for behind another: those of so many bundles in turn. */
const MOST_FOLLOWERS = 32

/** What was made of the text of a document. */
export interface ReadDocument {
  readonly item: JsonDocument
  readonly document: DecodedDocument
}

/** A text, and what stood behind it before: the parts of a bundle come in one order. */
class Known implements KnownText {
  text: string
  value: JsonObject
  readonly bytes: number
  readonly followers: Known[] = []

  constructor(text: string, value: JsonObject, bytes: number) {
    this.text = text
    this.value = value
    this.bytes = bytes
  }

  /** Others may still know it as their follower. */
  forget(): void {
    this.text = ''
    this.value = {}
    this.followers.length = 0
  }
}

/**
 * Documents of presentations by their exact text. A delivery repeats the same attestations and lists
 * around each passport: what is written as before has been read before. Nothing of it is trusted:
 * what is remembered is what strict reading made of the very same characters.
 */
export class RememberedDocuments implements KnownTexts {
  readonly parts = new Map<string, KnownPart>()
  /** What was met once, by digest: only what comes again is worth the memory. */
  private readonly met = new BoundedCache<true>(4096)
  private readonly known: WeightedCache<Known>
  private readonly documents = new WeakMap<object, DecodedDocument>()
  /** What stood behind something that is not known, such as a passport. */
  private readonly others: Known[] = []

  /** @param mostText how much is remembered, in characters of text */
  constructor(mostText = MOST_TEXT) {
    this.known = new WeightedCache(mostText, (known) => known.forget())
  }

  /** How much is remembered, in characters of text. */
  get size(): number {
    return this.known.weight
  }

  find(text: string, start: number, after: KnownText | null): KnownText | null {
    const followers = this.followersOf(after)
    for (const [index, candidate] of followers.entries()) {
      const { length } = candidate.text
      // Equality of two texts is many times as fast as `startsWith`.
      if (length === 0 || text.slice(start, start + length) !== candidate.text) continue
      if (index > 0) toFront(followers, candidate)
      // It counts as used.
      this.known.get(candidate.text)
      return candidate
    }
    return null
  }

  /** What was made of a value that `find` gave. */
  documentOf(value: JsonValue): DecodedDocument | undefined {
    return typeof value === 'object' ? this.documents.get(value) : undefined
  }

  /**
   * Takes note of a document that was read. When it comes again it is remembered.
   *
   * @param read the document as it was read now
   * @param after what is known of the one before it
   * @param again reads it once more, from a text of its own: a part of a text holds on to all of it
   */
  note(read: ReadDocument, after: KnownText | null, again: () => ReadDocument): KnownText | null {
    const { item, document } = read
    if (!document.ok) return null
    const { digestMultibase } = document.secured
    if (this.met.get(digestMultibase) === undefined) {
      this.met.set(digestMultibase, true)
      return null
    }
    const known = this.known.get(item.text) ?? this.remember(again())
    if (known !== null) toFront(this.followersOf(after), known)
    return known
  }

  private remember({ item: { text, value, bytes }, document }: ReadDocument): Known | null {
    if (!isObject(value)) return null
    const known = new Known(text, value, bytes)
    if (!this.known.set(text, known, text.length)) return null
    this.documents.set(value, document)
    return known
  }

  private followersOf(known: KnownText | null): Known[] {
    return known instanceof Known ? known.followers : this.others
  }
}

/** The one used last comes first; those forgotten since are left out. */
function toFront(followers: Known[], known: Known): void {
  const others = followers.filter((each) => each !== known && each.text !== '')
  followers.splice(0, followers.length, known, ...others.slice(0, MOST_FOLLOWERS - 1))
}
