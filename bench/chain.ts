import { jcs } from '@battery-passport/contexts'
import type { ProofForm, PublicKey } from '@battery-passport/keys'
import type { Clock, EffectivePolicy } from '@battery-passport/verifier'
import {
  type AnyCredential,
  Consortium,
  clockAt,
  DATES,
  type Party,
  presentationOf,
  type Signed,
  signAnyway,
} from '../test/support/consortium.ts'
import { fullProduct } from '../test/support/full-product.ts'

/** A battery's passports with everything they rest on, signed in one form by keys of its own. */
export interface Chain {
  readonly consortium: Consortium
  /** Of different batteries; all rest on the same attestations. */
  readonly passports: readonly Signed<'BatteryPassport'>[]
  readonly attestations: readonly Signed<'RulebookAttestation'>[]
  /** The attestations, the accreditations, and the two status lists of every issuer. */
  readonly shared: readonly Signed[]
  readonly accreditations: readonly Signed<'VerifierAccreditation'>[]
  readonly lists: readonly Signed<'BitstringStatusListCredential'>[]
  /** The keys of everybody who signs. */
  readonly keys: readonly PublicKey[]
  readonly manufacturer: Party
  /** One more passport, resting on the same. */
  passportOf(number: number): Promise<Signed<'BatteryPassport'>>
  readonly policy: EffectivePolicy
  readonly clock: Clock
}

/**
 * One attestation under each of the seven shipped rulebooks, by three bodies that one accreditation
 * body accredits, and passports of one model that rest on them.
 */
export async function signedChain(form: ProofForm, passports: number): Promise<Chain> {
  const consortium = await Consortium.assemble({ method: 'esg', form })
  const { parties, facilities } = consortium
  const { miner, refiner, cellMaker, registrar, packMaker, ...others } = parties
  const attestations = consortium.attestations.filter((_, index) => {
    const { rulebook, facility } = consortium.specs[index] ?? {}
    return rulebook === 'circular-design' ? facility === null : facility === facilities.mine
  })
  const issuers = [...Object.values(others), packMaker]
  // The library asks the real clock about lists: these end long after the others.
  const change = { form, credential: { validUntil: DATES.passport.validUntil } }
  const lists = await Promise.all(issuers.map((by) => consortium.board.lists(by, {}, change)))
  const passportOf = await passportMaker(consortium, attestations, form)
  const signed: Signed<'BatteryPassport'>[] = []
  for (let number = 0; number < passports; number++) signed.push(await passportOf(number))
  return {
    consortium,
    passports: signed,
    passportOf,
    attestations,
    accreditations: [...consortium.accreditations.values()],
    shared: [...attestations, ...consortium.accreditations.values(), ...lists.flat()],
    lists: lists.flat(),
    keys: issuers.map(({ signer }) => signer.publicKey),
    manufacturer: packMaker,
    policy: consortium.policy({ passportIssuers: [packMaker.did] }),
    clock: clockAt(),
  }
}

/** The same chain with fewer passports. */
export function withPassports(chain: Chain, most: number): Chain {
  return { ...chain, passports: chain.passports.slice(0, most) }
}

/** For each passport the bytes of a presentation of it with all it rests on. */
export function wholePresentations({ passports, shared }: Chain): Uint8Array[] {
  return passports.map((passport) => presentationOf([passport, ...shared]))
}

/** Signs passports of one model; each has the entry of its number in the lists. */
async function passportMaker(
  consortium: Consortium,
  attestations: Chain['attestations'],
  form: ProofForm,
): Promise<Chain['passportOf']> {
  const { packMaker } = consortium.parties
  const by = { signer: packMaker.signer, form, created: DATES.passport.created }
  const model = await consortium.passport({ subject: { product: PRODUCT } }, { attestations })
  const { proof: _, ...unsecured }: Readonly<Record<string, unknown>> = { ...model.document }
  const { '@context': contexts, credentialSubject, credentialStatus } = model.secured.credential
  return async (number) => {
    const serial = String(number).padStart(6, '0')
    const statusListIndex = String(number)
    const credential: AnyCredential = {
      ...unsecured,
      '@context': contexts,
      id: `https://packmaker.example/passports/${serial}`,
      issuer: packMaker.did,
      credentialStatus: credentialStatus.map((entry) => ({ ...entry, statusListIndex })),
    }
    const change = { subject: { id: `${credentialSubject.id}${serial}` } }
    return asWritten(await signAnyway('BatteryPassport', credential, by, change))
  }
}

/** The bytes as the issuer writes a credential that can be secured so: its canonical form. */
function asWritten<T extends Signed>(signed: T): T {
  return { ...signed, bytes: new TextEncoder().encode(jcs(signed.document)) }
}

/** So much product data that the passport has the size of a real one, about 7 KB. */
const PRODUCT = {
  manufacturerInformation: fullProduct.manufacturerInformation,
  modelIdentifier: fullProduct.modelIdentifier,
  weightKg: fullProduct.weightKg,
  hazardousSubstances: fullProduct.hazardousSubstances,
  materialComposition: fullProduct.materialComposition,
  carbonFootprint: fullProduct.carbonFootprint,
}
