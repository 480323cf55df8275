import { CREDENTIAL_TYPES } from '@battery-passport/contexts'
import { Consortium } from '../support/consortium.ts'

/** A credential as JSON. */
export type Members = Record<string, unknown>

/** Honest credentials of all types of the profile, signed with eddsa-rdfc-2022. */
export async function credentialsOfEveryType(): Promise<readonly Members[]> {
  const consortium = await Consortium.assemble({ method: 'esg', form: 'eddsa-rdfc-2022' })
  const { packMaker, productBody } = consortium.parties
  const accreditation = await consortium.custodyAccreditation()
  const custody = await consortium.custody(accreditation)
  const signed = [
    await consortium.passport(),
    await consortium.passport({}, { custody: [custody] }),
    ...consortium.attestations,
    ...consortium.accreditations.values(),
    accreditation,
    custody,
    await consortium.notice(productBody, custody),
    ...(await consortium.board.lists(packMaker, {}, {})),
    await consortium.identity(packMaker),
  ]
  return signed.map(({ document }) => ({ ...document }))
}

/** One of each type, the first that comes. */
export function oneOfEachType(documents: readonly Members[]): readonly Members[] {
  return CREDENTIAL_TYPES.map((type) => {
    const found = documents.find((each) => Array.isArray(each.type) && each.type.includes(type))
    if (found === undefined) throw new TypeError(`there is no ${type}`)
    return found
  })
}
