import assert from 'node:assert/strict'
import { Boolean as Asn1Boolean, BitString, Integer, Null, OctetString, Sequence } from 'asn1js'
import { readX509, type X509 } from '../../keys/timestamp/certificate.ts'
import { childrenOf, readDer } from '../../keys/timestamp/der.ts'
import { der } from '../../keys/timestamp/write-der.ts'
import { type Certified, certify, extension } from '../support/certificates.ts'
import { FOR_TIMESTAMPS } from '../support/timestamp-authority.ts'

const SEQUENCE = 0x30
const VERSION = 0xa0
const EXTENSIONS = 0xa3
const CONSTRAINTS = '2.5.29.19'
const USAGE = '2.5.29.15'
const POLICIES = '2.5.29.32'
const NULL = der(0x05)

/** Where the parts of what is signed stand (RFC 5280 §4.1). */
const AT = { version: 0, validity: 4, extensions: 7 } as const

describe('The form of a certificate', () => {
  let honest: Certified
  before(async () => {
    honest = await certify({ subject: 'Clock (fictional)', ...FOR_TIMESTAMPS, isAuthority: true })
  })

  const partsOf = (bytes: Uint8Array) => {
    const element = readDer(bytes)
    return element === null ? [] : childrenOf(element).map((child) => child.bytes)
  }
  /** The certificate with other parts in what is signed; its signature is another matter. */
  const withBody = (change: (parts: Uint8Array[]) => readonly Uint8Array[]) => {
    const [body = NULL, ...rest] = partsOf(honest.der)
    return der(SEQUENCE, der(SEQUENCE, ...change(partsOf(body))), ...rest)
  }
  const replaced = (at: number, part: Uint8Array) => withBody((parts) => parts.with(at, part))
  const read = (bytes: Uint8Array): X509 => {
    const reading = readX509(bytes)
    assert.ok(reading.ok, reading.ok ? '' : reading.detail)
    return reading.x509
  }
  const refused = (bytes: Uint8Array) => {
    const reading = readX509(bytes)
    return reading.ok ? 'read' : reading.detail
  }

  it('is read as it was written', () => {
    const x509 = read(honest.der)
    assert.equal(x509.isForTimestamps, true)
    assert.deepEqual(x509.authority, { mostBelow: Number.POSITIVE_INFINITY })
    assert.deepEqual(
      withBody((parts) => parts),
      honest.der,
    )
  })

  it('has nothing behind its signature, and nothing behind its extensions', () => {
    assert.match(refused(der(SEQUENCE, ...partsOf(honest.der), NULL)), /relied on/)
    assert.match(refused(withBody((parts) => [...parts, NULL])), /relied on/)
  })

  it('has two dates, no more and no fewer', () => {
    const [from = NULL, until = NULL] = partsOf(partsOf(partsOf(honest.der)[0] ?? NULL)[4] ?? NULL)
    assert.deepEqual(replaced(AT.validity, der(SEQUENCE, from, until)), honest.der)
    for (const dates of [[], [from], [from, until, until]]) {
      assert.match(refused(replaced(AT.validity, der(SEQUENCE, ...dates))), /no validity/)
    }
  })

  it('means its extensions in the third version alone', () => {
    const version = (number: number) => der(VERSION, der(0x02, Uint8Array.of(number)))
    assert.deepEqual(replaced(AT.version, version(2)), honest.der)
    for (const older of [
      replaced(AT.version, version(1)),
      withBody(([, ...parts]) => parts),
      withBody((parts) => parts.slice(0, AT.extensions)),
    ]) {
      const { authority, isForTimestamps } = read(older)
      assert.deepEqual({ authority, isForTimestamps }, { authority: null, isForTimestamps: false })
    }
    const two = der(VERSION, ...partsOf(version(2)), ...partsOf(version(2)))
    for (const none of [der(VERSION), two]) {
      assert.match(refused(replaced(AT.version, none)), /not one element/)
    }
  })

  it('has extensions of nothing but a name, whether they are critical, and a value', () => {
    const all = partsOf(partsOf(partsOf(honest.der)[0] ?? NULL)[AT.extensions] ?? NULL)[0] ?? NULL
    const extended = (...extensions: readonly Uint8Array[]) =>
      replaced(AT.extensions, der(EXTENSIONS, der(SEQUENCE, ...extensions)))
    assert.deepEqual(extended(...partsOf(all)), honest.der)
    const [first = NULL, ...rest] = partsOf(all)
    const longer = der(SEQUENCE, ...partsOf(first), NULL)
    assert.match(refused(extended(longer, ...rest)), /relied on/)
    assert.match(refused(extended(first, first, ...rest)), /stands twice/)
  })

  it('may name its policies as critical, and twice nothing', async () => {
    const policies = extension(POLICIES, true, new Sequence({ value: [] }))
    const note = extension('1.3.6.1.4.1.32473.3', false, new Null())
    const named = (extensions: readonly (typeof note)[]) =>
      certify({ subject: 'Clock (fictional)', ...FOR_TIMESTAMPS, extensions })
    assert.equal(read((await named([policies, note])).der).isForTimestamps, true)
    assert.match(refused((await named([note, note])).der), /stands twice/)
  })

  it('says whether it certifies, and how far, and nothing else', async () => {
    const constraints = (...value: (Asn1Boolean | Integer | Null)[]) =>
      certify({
        subject: 'Clock (fictional)',
        extensions: [extension(CONSTRAINTS, true, new Sequence({ value }))],
      })
    const certifies = new Asn1Boolean({ value: true })
    const { der: short } = await constraints(certifies, new Integer({ value: 2 }))
    assert.deepEqual(read(short).authority, { mostBelow: 2 })
    assert.equal(read((await constraints(new Integer({ value: 2 }))).der).authority, null)
    const { der: longer } = await constraints(certifies, new Integer({ value: 2 }), new Null())
    assert.match(refused(longer), /relied on/)
  })

  it('says what its key is for in bits, of which a second byte is for more than signing', async () => {
    const used = async (usage: { toBER(): ArrayBuffer }) => {
      const { der: bytes } = await certify({
        subject: 'Clock (fictional)',
        ...FOR_TIMESTAMPS,
        extensions: [extension(USAGE, true, usage)],
      })
      return readX509(bytes)
    }
    const bits = (...bytes: number[]) => new BitString({ valueHex: Uint8Array.from(bytes).buffer })
    const isForTimestamps = async (...bytes: number[]) => {
      const reading = await used(bits(...bytes))
      return reading.ok && reading.x509.isForTimestamps
    }
    assert.equal(await isForTimestamps(0x80), true)
    assert.equal(await isForTimestamps(0xc0, 0x00), true)
    assert.equal(await isForTimestamps(0x80, 0x80), false)
    assert.equal(await isForTimestamps(0x00), false)
    const octets = await used(new OctetString({ valueHex: Uint8Array.of(0, 0x80).buffer }))
    assert.match(octets.ok ? 'read' : octets.detail, /no key usage/)
  })

  it('is of eight kilobytes at most', async () => {
    let keys: Certified['keys'] | undefined
    const sized = async (length: number) => {
      const value = new OctetString({ valueHex: new ArrayBuffer(length) })
      const made = await certify({
        subject: 'Clock (fictional)',
        // Signatures of RSA are all of one length.
        algorithm: 'RSA',
        ...(keys === undefined ? {} : { keys }),
        extensions: [extension('1.3.6.1.4.1.32473.3', false, value)],
      })
      keys = made.keys
      return made.der
    }
    const { length } = await sized(7000)
    const largest = await sized(7000 + 8192 - length)
    assert.equal(largest.length, 8192)
    read(largest)
    assert.match(refused(await sized(7000 + 8193 - length)), /more than 8192 bytes/)
  })
})
