import type { Rulebook } from '@battery-passport/rulebooks'
import type { AccreditationExaminer } from '../trust/accreditation.ts'
import type { IdentityExaminer } from '../trust/identity.ts'
import type { Party } from '../trust/independence.ts'

/** Whom the exam of a statement asks, and what it is told of the passport that rests on it. */
export interface Examiners {
  readonly accreditation: AccreditationExaminer
  readonly identity: IdentityExaminer
  readonly rulebook: (digestMultibase: string) => Rulebook | null
  /** Null where no passport rests on it. */
  readonly passportIssuer: Party | null
  /** When attestations were relied on: seconds since the epoch, the signing of the passport. */
  readonly reliedOnAt: number
}
