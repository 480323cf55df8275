import { randomUUID } from 'node:crypto'
import type { ProofForm, Signer } from '@battery-passport/keys'
import type { Passport } from '@battery-passport/verifier'
import { signCredential, textOfSecured } from '../sign-credential.ts'
import { type NoticeTerms, noticeValidity, withdrawalNotice } from '../withdrawal-notice.ts'
import type { NoticeRecord } from './records.ts'

/**
 * Signs the notice of a passport.
 *
 * @param created RFC 3339
 * @throws {IssuanceError} NOTICE_REFUSED
 */
export async function signNotice(
  withdrawn: Passport,
  terms: NoticeTerms,
  created: string,
  { signer, form }: { readonly signer: Signer; readonly form: ProofForm },
): Promise<NoticeRecord> {
  const unsecured = withdrawalNotice({
    ...terms,
    ...noticeValidity(created),
    id: `urn:uuid:${randomUUID()}`,
    issuer: signer.did,
    withdrawn,
  })
  const secured = await signCredential('WithdrawalNotice', unsecured, { signer, created, form })
  const { id, digestMultibase } = secured
  return { id, digestMultibase, text: textOfSecured(secured) }
}
