import { nearest } from '@battery-passport/contexts'
import {
  decodeInput,
  type PassportImpact,
  type SecuredCredential,
} from '@battery-passport/verifier'
import { type CommandError, usageError } from '../errors.ts'
import { assertWithdrawable, type Target } from './target.ts'

/** Of so many names the nearest is looked for. */
const MOST_NAMES = 2048
const LONGEST_NAME = 512

/**
 * Whether what is supposed to be withdrawn was seen in a corpus at all: a misspelt id must not read
 * as "nothing falls". A class, since it learns from one passport after the other.
 */
export class Sightings {
  private readonly target: Target
  private isSeen: boolean
  private isChecked: boolean
  private readonly names = new Set<string>()
  /** The passport of the battery that was named instead of a credential. */
  private passport: string | null = null

  constructor(target: Target) {
    this.target = target
    this.isSeen = target.isShown
    this.isChecked = target.isShown
  }

  /**
   * Takes in what one passport rests on.
   *
   * @param inputs where its credentials are
   * @throws {CommandError} usage: it can be withdrawn neither so, nor in that part
   */
  add({ before: { chain }, battery, restsOnIt }: PassportImpact, inputs: readonly Uint8Array[]) {
    const { withdrawn, text } = this.target
    const isCredential = 'credential' in withdrawn
    const did = text.split('#')[0]
    for (const { credential, issuer } of chain) {
      const name = isCredential ? credential : issuer
      if (name === (isCredential ? text : did)) this.isSeen = true
      if (this.names.size < MOST_NAMES && name.length <= LONGEST_NAME) this.names.add(name)
    }
    if (restsOnIt) this.isSeen = true
    if (isCredential && battery === text) this.passport = chain[0]?.credential ?? null
    if (!isCredential || this.isChecked || !this.isSeen) return
    // Of several under one id the one that counts.
    const counting = chain.find(
      ({ credential, result }) => credential === text && result !== 'unused',
    )
    const found = counting && credentialIn(inputs, counting.digestMultibase)
    if (!found) return
    assertWithdrawable(found, withdrawn.indicators ?? [])
    this.isChecked = true
  }

  /** @throws {CommandError} usage: nothing that was looked at has that name */
  assertSeen(): void {
    if (!this.isSeen) throw this.unseen()
  }

  private unseen(): CommandError {
    const { text, withdrawn } = this.target
    const isCredential = 'credential' in withdrawn
    const meant = this.passport ?? nearest(text, [...this.names])
    return usageError({
      what: isCredential
        ? 'No passport here rests on this: there is no credential with this id.'
        : 'No passport here rests on this: it signed nothing of what they rest on.',
      where: '--of',
      expected: isCredential
        ? 'the id of a credential that is in the presentations, or a file with it'
        : 'a DID or key that signed something in the presentations',
      found: text,
      remedy:
        this.passport !== null
          ? `It is the id of a battery. Its passport is ${meant}`
          : meant !== undefined
            ? `Did you mean ${meant}?`
            : 'Copy it from "battery-passport inspect", which lists what a presentation holds. If it is right, nothing here falls.',
    })
  }
}

function credentialIn(inputs: readonly Uint8Array[], digest: string): SecuredCredential | null {
  for (const bytes of inputs) {
    for (const document of decodeInput(bytes).documents) {
      if (document.ok && document.secured.digestMultibase === digest) return document.secured
    }
  }
  return null
}
