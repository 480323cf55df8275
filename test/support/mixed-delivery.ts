import {
  BATTERY_ID,
  type Change,
  type Consortium,
  presentationOf,
  type Signed,
} from './consortium.ts'

/** One input of a delivery, with what was done to it. */
export interface DeliveredItem {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A delivery of honest and hostile inputs, some of which rest on what is added to all. */
export interface MixedDelivery {
  readonly items: readonly DeliveredItem[]
  /** What bare passports rest on. */
  readonly shared: Uint8Array
}

/** The battery of a passport that `itemPassport` makes. */
export function itemId(number: number): string {
  return `${BATTERY_ID}${String(number).padStart(4, '0')}`
}

/** A passport of another battery of the same model. */
export function itemPassport(
  consortium: Consortium,
  number: number,
  { credential, subject, ...others }: Change = {},
): Promise<Signed<'BatteryPassport'>> {
  const { packMaker } = consortium.parties
  const id = `https://packmaker.example/passports/item-${number}`
  const credentialStatus = consortium.board.entriesFor(packMaker, id)
  return consortium.passport({
    ...others,
    credential: { id, credentialStatus, ...credential },
    subject: { id: itemId(number), ...subject },
  })
}

/** Everything a bundle may come as: whole and bare, sound and broken, twice, torn and enormous. */
export async function mixedDelivery(consortium: Consortium): Promise<MixedDelivery> {
  const { attestations, accreditations, identities, board, parties } = consortium
  const lists = await consortium.statusLists()
  const rest = [...attestations, ...accreditations.values(), ...identities.values(), ...lists]
  const items: DeliveredItem[] = []
  const put = (name: string, bytes: Uint8Array | string) =>
    items.push({ name, bytes: typeof bytes === 'string' ? encode(bytes) : bytes })
  const whole = (passport: Signed, parts: readonly Signed[] = rest) =>
    presentationOf([passport, ...parts])
  const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

  for (const number of [1, 2, 3]) {
    put('whole', whole(await itemPassport(consortium, number)))
    put('bare', (await itemPassport(consortium, number + 10)).bytes)
  }
  const honest = await itemPassport(consortium, 4)
  put('whole', whole(honest))
  put('the same again', whole(honest))
  put('bare, enveloped', (await itemPassport(consortium, 5, { form: 'vc+jwt' })).bytes)
  const jwt = await itemPassport(consortium, 6, { form: 'vc+jwt' })
  put('whole, enveloped', whole(jwt))
  put('a JWT with a changed letter', textOf(jwt.bytes).replace(/.(?=[^.]{9}$)/, 'A'))
  put('whole, shuffled', whole(await itemPassport(consortium, 7), [...rest].reverse()))
  put('without its lists', whole(await itemPassport(consortium, 8), rest.slice(0, -lists.length)))

  const [first] = attestations
  if (first === undefined) throw new TypeError('mixedDelivery: expected an attestation')
  const later = { created: '2026-09-30T23:00:00Z' }
  const revoked = await board.lists(parties.climateBody, { revoked: [first.id] }, later)
  put('resting on what is revoked', whole(honest, [...rest, ...revoked]))
  const text = textOf(whole(honest))
  put(
    'with a changed signature',
    text.replace(/(?<="proofValue":"z.{20})./, (digit) => (digit === '2' ? '3' : '2')),
  )
  put('with a changed attestation', text.replace(/("statementDate":"2026-0)\d/, '$19'))
  put(
    'with another category',
    whole(await itemPassport(consortium, 9, { subject: { category: 'LMT' } })),
  )
  put('cut short', text.slice(0, -40))
  put('with a key twice', text.replace('{', '{"type":[],'))
  put('with a null', text.replace('{', '{"a":null,'))
  put('not the passport first', presentationOf(rest))
  put('an attestation', first.bytes)
  put('nothing', '')
  put('no JSON', 'not JSON')
  put('no credential', '{}')
  put('a list', `[${text}]`)
  put('no UTF-8', new Uint8Array([0xff, 0xfe]))
  put('too deep', '['.repeat(40))
  put('too large', `{"a":"${'a'.repeat(4 * 1024 * 1024)}"}`)
  put('whole, after all of it', whole(await itemPassport(consortium, 10)))
  return { items, shared: presentationOf(rest) }
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
