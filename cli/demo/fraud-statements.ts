import { formatInstant } from '@battery-passport/contexts'
import { referenceTo } from '@battery-passport/issuer'
import type { Attestation, SecuredCredential } from '@battery-passport/verifier'
import { type Forger, forgeAccreditation, forgeAttestation, forgePassport } from './forge.ts'
import type { ExpectedFinding, Fraud, Workshop } from './fraud.ts'
import { accreditationOf, attestationOf, presentationOf } from './genuine.ts'
import { yearsFrom } from './party-forms.ts'
import { didOf, facilityId, onlyParty } from './world.ts'

const DAY = 86_400

/** A bad statement takes the place of a genuine one, and the manufacturer's passport rests on it. */
interface Replacement {
  readonly title: string
  readonly code: ExpectedFinding['code']
  readonly genuine: Attestation
  readonly forged: Attestation
  readonly added?: readonly SecuredCredential[]
}

/** Statements a body was not entitled to make, or that say no. */
export async function statementFrauds(workshop: Workshop) {
  const manufacturer = await forger(workshop, onlyParty(workshop.world, 'manufacturer').key)
  const fraud = async (making: Promise<Replacement>) =>
    restingOn(await making, workshop, manufacturer)
  return {
    outOfScope: await fraud(outOfScope(workshop)),
    afterTheEnd: await fraud(afterTheEnd(workshop)),
    adverse: await fraud(adverse(workshop)),
    ownStatement: await fraud(ownStatement(workshop)),
  }
}

/** The body that is accredited for limited assurance states reasonable assurance. */
async function outOfScope(workshop: Workshop): Promise<Replacement> {
  const { world, genuine } = workshop
  const old = attestationOf(genuine, facilityId(world, 'modra-cathode'), 'forced-labour')
  const forged = await forgeAttestation(
    old,
    (subject) => ({
      ...subject,
      results: subject.results.map((result) =>
        result.answer === 'not-assessed' ? result : { ...result, assuranceLevel: 'reasonable' },
      ),
    }),
    await forger(workshop, 'meridian'),
  )
  const title = 'accreditation out of scope: reasonable assurance by a body for limited'
  return { title, code: 'ACCREDITATION_SCOPE', genuine: old, forged }
}

/** An accreditation that ended yesterday, and a statement signed under it today. */
async function afterTheEnd(workshop: Workshop): Promise<Replacement> {
  const { world, genuine } = workshop
  const old = attestationOf(genuine, facilityId(world, 'fjordlys-smelter'), 'biodiversity')
  const accreditation = await forgeAccreditation(
    accreditationOf(genuine, old),
    { validUntil: formatInstant(world.now() - DAY) },
    await forger(workshop, onlyParty(world, 'accreditation-body').key),
  )
  const forged = await forgeAttestation(
    old,
    (subject) => ({ ...subject, accreditation: referenceTo(accreditation) }),
    await forger(workshop, 'skua'),
  )
  const title = 'signed after the accreditation ended'
  return { title, code: 'ACCREDITATION_TIME', genuine: old, forged, added: [accreditation] }
}

/** The body found that the operator's statement is wrong, and says so. */
async function adverse(workshop: Workshop): Promise<Replacement> {
  const { world, genuine } = workshop
  const old = attestationOf(genuine, facilityId(world, 'fonio-mine'), 'child-labour')
  const forged = await forgeAttestation(
    old,
    (subject) => ({ ...subject, engagement: { ...subject.engagement, conclusion: 'adverse' } }),
    await forger(workshop, 'meridian'),
  )
  const title = 'adverse conclusion: the assurance body says that the statement is wrong'
  return { title, code: 'CONCLUSION_NOT_ACCEPTED', genuine: old, forged }
}

/** Deceived, the accreditation body accredits the manufacturer, which then attests its own plant. */
async function ownStatement(workshop: Workshop): Promise<Replacement> {
  const { world, genuine } = workshop
  const { key, legalName, lei, ultimateParentLei } = onlyParty(world, 'manufacturer')
  const old = attestationOf(genuine, facilityId(world, 'alpenrand-packs'), 'human-rights')
  const manufacturer = await forger(workshop, key)
  const model = accreditationOf(genuine, old)
  const { publicKey } = manufacturer.signer
  const from = yearsFrom(world.now(), -1)
  const keys = [{ thumbprint: publicKey.thumbprint, from, until: yearsFrom(world.now(), 1) }]
  const id = didOf(world, key)
  const subject = { ...model.credential.credentialSubject, id, legalName, lei, ultimateParentLei }
  const accreditation = await forgeAccreditation(
    model,
    { credentialSubject: { ...subject, keys } },
    await forger(workshop, onlyParty(world, 'accreditation-body').key),
  )
  const forged = await forgeAttestation(
    old,
    (statement) => ({ ...statement, accreditation: referenceTo(accreditation) }),
    manufacturer,
    genuine.passport.credential.credentialStatus,
  )
  const title = 'the manufacturer attests itself'
  return { title, code: 'NOT_INDEPENDENT', genuine: old, forged, added: [accreditation] }
}

async function restingOn(
  { title, code, genuine: old, forged, added = [] }: Replacement,
  { genuine }: Workshop,
  manufacturer: Forger,
): Promise<Fraud> {
  const attestations = genuine.attestations.map((each) => (each === old ? forged : each))
  const passport = await forgePassport(genuine, { attestations }, manufacturer)
  const rest = genuine.others.filter((each) => each !== old)
  const documents = [passport, forged, ...rest, ...added].map(({ document }) => document)
  return {
    title,
    expected: [{ code, on: 'attestation' }],
    presentation: presentationOf(documents),
  }
}

async function forger({ world, signerOf }: Workshop, party: string): Promise<Forger> {
  return { signer: await signerOf(party), now: world.now }
}
