import { isOfType } from '@battery-passport/verifier'
import { forgePassport } from './forge.ts'
import type { Fraud, Workshop } from './fraud.ts'
import { presentationOf } from './genuine.ts'
import { makeRival } from './rival.ts'
import { facilityId, onlyParty } from './world.ts'

/** A mine nobody looked at: the number is one the pilot does not use. */
const UNKNOWN_MINE = 'urn:epc:id:sgln:9506000.19999.0'

/** Passports signed by the manufacturer, or a rival, that the attestations do not carry. */
export async function passportFrauds(workshop: Workshop) {
  return {
    otherFacility: await otherFacility(workshop),
    inflated: await inflated(workshop),
    rival: await rivals(workshop),
  }
}

/** The lithium comes from a mine nobody looked at; the attestations are those of another. */
async function otherFacility({ world, genuine, signerOf }: Workshop): Promise<Fraud> {
  const assessed = facilityId(world, 'quokka-mine')
  const supplyChain = genuine.passport.credential.credentialSubject.supplyChain.map((row) =>
    row.facility === assessed ? { ...row, facility: UNKNOWN_MINE } : row,
  )
  const signer = await signerOf(onlyParty(world, 'manufacturer').key)
  const passport = await forgePassport(genuine, { supplyChain }, { signer, now: world.now })
  return {
    title: 'attestations about another mine than the one that delivered',
    expected: [{ code: 'SUBJECT_MISMATCH', on: 'attestation' }],
    presentation: presentationOf([passport, ...genuine.others].map(({ document }) => document)),
  }
}

/** A better figure than follows from what was attested. */
async function inflated({ world, genuine, signerOf }: Workshop): Promise<Fraud> {
  const signer = await signerOf(onlyParty(world, 'manufacturer').key)
  const passport = await forgePassport(
    genuine,
    { claim: (score) => ({ ...score, value: score.upper }) },
    { signer, now: world.now },
  )
  return {
    title: 'inflated score: the upper bound claimed as the value',
    expected: [{ code: 'SCORE_MISMATCH', on: 'passport' }],
    presentation: presentationOf([passport, ...genuine.others].map(({ document }) => document)),
  }
}

/** A rival takes the attestations of the supply chain for a pack of its own. */
async function rivals(workshop: Workshop): Promise<Fraud> {
  const { world, genuine } = workshop
  const { signer, lists, credentialStatus } = await makeRival(workshop)
  const ownProduct = genuine.attestations.filter(
    ({ credential }) => credential.credentialSubject.type === 'Battery',
  )
  const attestations = genuine.attestations.filter((each) => !ownProduct.includes(each))
  const passport = await forgePassport(
    genuine,
    // What assures the shares is about the battery of another, like the statements on it.
    { attestations, custody: [], credentialStatus },
    { signer, now: world.now },
  )
  const rest = genuine.others.filter(
    (each) =>
      !isOfType(each, 'CustodyAttestation') &&
      (!isOfType(each, 'RulebookAttestation') || attestations.includes(each)),
  )
  return {
    title: 'genuine attestations of others under the key of a rival',
    expected: [{ code: 'ISSUER_NOT_AUTHORISED', on: 'passport' }],
    presentation: presentationOf([passport, ...rest].map(({ document }) => document)),
    with: [lists],
  }
}
