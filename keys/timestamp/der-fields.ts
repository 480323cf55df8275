import { parseDateTimeStamp } from '../proofs/date-time-stamp.ts'
import { childrenOf, type Element, readDer, TAG } from './der.ts'

/** Arcs have no bound; those of what is signed fit into 32 bits. */
const MAX_ARC = 2 ** 32 - 1

/** That bytes are not what their place asks for. */
export class DerFault extends Error {}

/**
 * The members of a structure of DER, in their order: each is taken once, and what is left over at
 * the end is a fault. A class because it has a position.
 */
export class Fields {
  private readonly elements: readonly Element[]
  private at = 0

  /** @throws {DerFault} when the element is no structure of this tag */
  constructor(element: Element, tag: number = TAG.sequence) {
    if (element.tag !== tag) throw new DerFault('a structure of another kind')
    this.elements = childrenOf(element)
  }

  /** @throws {DerFault} when the next member is of another tag */
  take(tag: number): Element {
    const element = this.takeIf(tag)
    if (element === null) throw new DerFault(`no element of tag ${tag}`)
    return element
  }

  /** The next member if it is of this tag, else null. */
  takeIf(tag: number): Element | null {
    const element = this.elements[this.at]
    if (element?.tag !== tag) return null
    this.at += 1
    return element
  }

  /** @throws {DerFault} when something is left */
  end(): void {
    if (this.at !== this.elements.length) throw new DerFault('more than there is to be')
  }
}

/**
 * Reads the DER inside an octet string, or bytes that come by themselves.
 *
 * @throws {DerFault}
 */
export function parseDer(bytes: Uint8Array): Element {
  const element = readDer(bytes)
  if (element === null) throw new DerFault('not DER')
  return element
}

/** An object identifier in its dotted form. */
export function oidOf({ content }: Element): string {
  const arcs: number[] = []
  // The arc that goes on in the next byte.
  let begun: number | null = null
  for (const byte of content) {
    if (begun === null && byte === 0x80) throw new DerFault('no object identifier')
    const value: number = (begun ?? 0) * 128 + (byte & 0x7f)
    if (value > MAX_ARC) throw new DerFault('no object identifier')
    begun = (byte & 0x80) === 0 ? null : value
    if (begun === null) arcs.push(value)
  }
  const [first, ...others] = arcs
  if (first === undefined || begun !== null) throw new DerFault('no object identifier')
  const top = Math.min(2, Math.floor(first / 40))
  return [top, first - top * 40, ...others].join('.')
}

/** The algorithm of an AlgorithmIdentifier, and its parameters if it has some. */
export function algorithmOf(element: Element): {
  readonly oid: string
  readonly parameters: Element | null
} {
  const [oid, parameters = null, third] = childrenOf(element)
  if (element.tag !== TAG.sequence || oid?.tag !== TAG.oid || third !== undefined) {
    throw new DerFault('no algorithm')
  }
  return { oid: oidOf(oid), parameters }
}

/** An integer of zero or more that every reader holds exactly. */
export function numberOf({ content }: Element): number {
  const [first, second = 0] = content
  if (first === undefined || first >= 0x80 || content.length > 6) throw new DerFault('no number')
  if (first === 0 && content.length > 1 && second < 0x80) throw new DerFault('no number')
  return content.reduce((value, byte) => value * 256 + byte, 0)
}

const UTC_TIME = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/
const GENERALIZED_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d{0,8}[1-9])?Z$/

/**
 * A time in UTC, to the second or with a fraction of it: in seconds since the epoch. Times of a zone
 * would be other instants for other readers (X.690 §11.7 and §11.8).
 */
export function timeOf({ tag, content }: Element): number {
  const text = Array.from(content, (byte) => String.fromCharCode(byte)).join('')
  const isShort = tag === TAG.utcTime
  const parts = (isShort ? UTC_TIME : GENERALIZED_TIME).exec(text)
  if (parts === null || !(isShort || tag === TAG.generalizedTime)) throw new DerFault('no time')
  const [, year = '', month, day, hour, minute, second, fraction = ''] = parts
  // Of a year in two digits the century follows (RFC 5280 §4.1.2.5.1).
  const whole = isShort ? `${Number(year) < 50 ? 20 : 19}${year}` : year
  const instant = parseDateTimeStamp(`${whole}-${month}-${day}T${hour}:${minute}:${second}Z`)
  if (instant === null) throw new DerFault('no time')
  return instant / 1000 + Number(`0${fraction}`)
}

/** The bytes of a bit string whose bits fill them. */
export function wholeBytesOf({ content }: Element): Uint8Array {
  if (content[0] !== 0) throw new DerFault('bits that fill no bytes')
  return content.subarray(1)
}

/** Whether two byte strings are the same. */
export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
