import type { PublicKey } from '@battery-passport/keys'
import { type Finding, finding } from '../findings/findings.ts'
import type { Inquiry } from '../inquiry.ts'
import { keyEndings } from '../proof/covered-keys.ts'
import { type Identity, isOfType, type SecuredCredential } from '../reading/secured-credential.ts'
import { outdated } from './currency.ts'
import { type IdentityExaminer, identityListsKey } from './identity.ts'

/**
 * Whether a registered identity shows that the issuer and its key are a manufacturer's. What could
 * not be checked is not what is wrong: a presentation without any identity leaves the question open.
 */
export async function registrationFindings(
  passport: SecuredCredential<'BatteryPassport'>,
  key: PublicKey,
  inquiry: Inquiry,
  identity: IdentityExaminer,
): Promise<readonly Finding[]> {
  const exam = await identity(passport.issuer)
  const listing = (identities: readonly Identity[]) =>
    identities.filter(
      (each) =>
        each.credential.credentialSubject.roles.includes('manufacturer') &&
        identityListsKey([each], key, passport.created),
    )
  const registered = listing(exam.good)
  if (registered.length > 0) return keyFindings(passport, key, inquiry, registered)
  if (listing(exam.undecided).length > 0) return exam.unknowns
  const anyIdentity = inquiry.documents.all.some(
    (document) => document.ok && isOfType(document.secured, 'RegisteredIdentity'),
  )
  const where = {
    credential: passport.id,
    pointer: '/issuer',
    expected: 'a RegisteredIdentity by an anchored registrar, with role manufacturer and this key',
    found: passport.issuer,
  }
  const detail = 'No registered identity shows that this issuer and key are a manufacturer’s.'
  return [
    ...exam.notes,
    anyIdentity
      ? finding('ISSUER_NOT_AUTHORISED', { ...where, detail })
      : finding('REFERENCE_MISSING', { ...where, detail: 'No registered identity is at hand.' }),
  ]
}

/** A key that no identity lists any more could have dated the passport back. */
function keyFindings(
  passport: SecuredCredential<'BatteryPassport'>,
  key: PublicKey,
  inquiry: Inquiry,
  registered: readonly Identity[],
): readonly Finding[] {
  const endings = registered.map((each) => keyEndings(each, key, passport.created, inquiry.at))
  return endings.some((ended) => ended.length === 0)
    ? []
    : outdated(passport, endings.flat(), inquiry)
}
