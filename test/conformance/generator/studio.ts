import type { ProofForm } from '@battery-passport/keys'
import { Consortium } from '../../support/consortium.ts'
import { type Chain, chainOf, type Plan, present } from './chain.ts'
import { type Edit, edited } from './edit.ts'
import { schemeAnchor } from './policy.ts'
import type { Collector, Sent } from './vector.ts'

/** What all keys follow from. Another text makes another corpus. */
const SEED = 'Battery Passport conformance 1'

/** The instant that vectors are judged at unless they say another. */
export const AT = '2026-10-01T00:00:00Z'

/** Where the credentials of the honest presentation stand. */
export const PASSPORT = '/verifiableCredential/0'
export const ATTESTATION = '/verifiableCredential/1'
export const ACCREDITATION = '/verifiableCredential/2'
export const IDENTITY = '/verifiableCredential/3'
/** The revocation list of the scheme owner. */
export const SCHEME_LIST = '/verifiableCredential/4'
/** The revocation list of the assurance body. */
export const BODY_LIST = '/verifiableCredential/6'
/** The revocation list of the manufacturer. */
export const MAKER_LIST = '/verifiableCredential/8'

/** One family of vectors. */
export type Family = (studio: Studio, collect: Collector) => Promise<void>

/** A consortium whose bytes can be made again, and short ways to what most vectors need. */
export interface Studio {
  readonly consortium: Consortium
  /** The chain of a plan. */
  readonly chain: (plan?: Plan) => Promise<Chain>
  /** The presentation of a plan. */
  readonly send: (plan?: Plan, rest?: Omit<Sent, 'input'>) => Promise<Sent>
  /** The honest presentation. */
  readonly honest: Uint8Array
  /** Bytes to a verifier who trusts the scheme owner of this studio. */
  readonly sent: (input: Uint8Array | string, rest?: Omit<Sent, 'input'>) => Sent
  /** The honest presentation after changes by somebody without a key. */
  readonly tampered: (...edits: readonly Edit[]) => Sent
  /** The same house where everything is secured in another form. */
  readonly as: (form: ProofForm) => Promise<Studio>
}

/** Makes a studio where everything is secured in one form. */
export async function openStudio(
  form: ProofForm = 'eddsa-jcs-2022',
  seed: string = SEED,
): Promise<Studio> {
  const algorithm = form === 'ecdsa-rdfc-2019' ? 'P-256' : 'Ed25519'
  const consortium = await Consortium.assemble({ seed, form, algorithm })
  const chain = (plan: Plan = {}) => chainOf(consortium, plan)
  const honest = present(await chain())
  // Other keys are other parties.
  const trust = algorithm === 'P-256' ? { anchors: [schemeAnchor(consortium)] } : undefined
  const sent: Studio['sent'] = (input, rest = {}) => {
    const policy = trust === undefined ? rest.policy : { ...trust, ...rest.policy }
    return { input, ...rest, ...(policy === undefined ? {} : { policy }) }
  }
  return {
    consortium,
    chain,
    sent,
    send: async (plan = {}, rest = {}) => sent(present(await chain(plan)), rest),
    honest,
    tampered: (...edits) => sent(edited(honest, ...edits)),
    as: studioOf,
  }
}

const studios = new Map<ProofForm, Promise<Studio>>()

function studioOf(form: ProofForm): Promise<Studio> {
  const known = studios.get(form) ?? openStudio(form)
  studios.set(form, known)
  return known
}
