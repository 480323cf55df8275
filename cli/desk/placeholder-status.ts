import { statusEntries } from '@battery-passport/issuer'

/**
 * A place in status lists that stands for the one the desk will give: with it a credential is
 * checked before a desk is opened or made. It is never signed.
 */
export const PLACEHOLDER_STATUS = statusEntries(
  {
    revocation: 'urn:uuid:00000000-0000-0000-0000-000000000000:revocation-1',
    suspension: 'urn:uuid:00000000-0000-0000-0000-000000000000:suspension-1',
  },
  131_071,
)
