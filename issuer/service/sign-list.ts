import type { ProofForm, Signer } from '@battery-passport/keys'
import { signCredential, textOfSecured } from '../sign-credential.ts'
import { listValidity, type NamedNotice, statusList } from '../status-lists.ts'
import { type ListName, listNameText } from './list-name.ts'
import type { OwnListRecord } from './records.ts'

/** What signing a list of our own needs. */
export interface ListSigning {
  readonly signer: Signer
  readonly form: ProofForm
  /** Lists are named `<publicBaseUrl>/status-lists/<name>` for good. */
  readonly publicBaseUrl: string
  readonly validitySeconds: number
}

/** What a list says. */
export interface ListContent {
  readonly set: ReadonlySet<number>
  readonly notices: readonly NamedNotice[]
}

/** The id of a list of our own, as passports name it. */
export function listId(list: ListName, publicBaseUrl: string): string {
  return `${publicBaseUrl}/status-lists/${listNameText(list)}`
}

/**
 * Signs the next edition of a list, with these indexes set and these notices named.
 *
 * @param created RFC 3339
 */
export async function signList(
  list: ListName,
  { set, notices }: ListContent,
  created: string,
  { signer, form, publicBaseUrl, validitySeconds }: ListSigning,
): Promise<OwnListRecord> {
  const validity = listValidity(created, validitySeconds)
  const { purpose } = list
  const id = listId(list, publicBaseUrl)
  const unsecured = statusList({ id, issuer: signer.did, purpose, set, notices, ...validity })
  const type = 'BitstringStatusListCredential'
  const secured = await signCredential(type, unsecured, { signer, created, form })
  return {
    text: textOfSecured(secured),
    digestMultibase: secured.digestMultibase,
    createdAt: created,
    validUntil: validity.validUntil,
  }
}
