import { parseInstant } from '@battery-passport/contexts'
import type { SecuredCredential } from '@battery-passport/verifier'
import type { Complaint } from '../errors.ts'
import { placeIn } from '../input/read-document.ts'

/**
 * What is wrong with the end of an accreditation: it has passed, or lies beyond that of the
 * accreditation it rests on, so that it would promise what its signer does not have.
 *
 * @param file the form, for messages
 */
export function accreditationEndComplaints(
  { validUntil }: { readonly validUntil: string },
  file: string,
  about: {
    readonly created: string
    readonly accreditedBy?: SecuredCredential<'VerifierAccreditation'>
  },
): readonly Complaint[] {
  const { created, accreditedBy } = about
  const end = parseInstant(validUntil) ?? Number.NaN
  const where = placeIn(file, '/validUntil')
  const complaints: Complaint[] = []
  if (end <= (parseInstant(created) ?? Number.NaN)) {
    complaints.push({
      what: 'The accreditation has ended already: nothing signed under it from now on would count.',
      where,
      expected: `an instant after ${created}`,
      found: validUntil,
      remedy: 'Correct validUntil.',
    })
  }
  const outer = accreditedBy?.credential.validUntil
  if (outer !== undefined && end > (parseInstant(outer) ?? Number.NaN)) {
    complaints.push({
      what: 'The accreditation would outlast the one that its signer holds.',
      where,
      expected: `${outer} or before, the end of ${accreditedBy?.id ?? ''}`,
      found: validUntil,
      remedy: 'End it with that of its signer, or have that one renewed first.',
    })
  }
  return complaints
}
