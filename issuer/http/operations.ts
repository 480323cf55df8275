import type { Clock } from '@battery-passport/verifier'
import type { PassportService } from '../service/passport-service.ts'
import { attestationOperations } from './attestations.ts'
import { didOperations } from './did.ts'
import type { Operation } from './operation.ts'
import { passportOperations } from './passports.ts'
import { selfDescription } from './service-documents.ts'
import { statusOperations } from './status.ts'
import { statusListOperations } from './status-lists.ts'

/** Everything an issuer's service can do, in the order a reader wants to learn it. */
export function issuerOperations(service: PassportService, clock: Clock): readonly Operation[] {
  const operations = [
    ...attestationOperations(service),
    ...passportOperations(service),
    ...statusOperations(service),
    ...statusListOperations(service, clock),
    ...didOperations(service),
  ]
  return [...operations, ...selfDescription(service, operations)]
}
