import { IssuanceError, type IssuanceFault } from '@battery-passport/issuer'
import { SecuringError } from '@battery-passport/keys'
import { type Complaint, refusal } from './errors.ts'

/** Where in the files of a person a pointer into a credential leads. */
export type Origin = (pointer: string) => string

/** Runs something that makes a credential, and collects why it is refused. */
export function issuanceFaults(make: () => unknown): readonly IssuanceFault[] {
  try {
    make()
    return []
  } catch (error) {
    if (!(error instanceof IssuanceError)) throw error
    return error.faults
  }
}

/** A fault that a verifier would find, said of the input it came from. */
export function issuanceComplaint(
  { code, pointer, expected, found, detail, remedy }: IssuanceFault,
  origin: Origin,
): Complaint {
  return { what: `${detail} (${code})`, where: origin(pointer), expected, found, remedy }
}

/**
 * Runs something that signs.
 *
 * @throws {CommandError} refused: what was to be signed must not be
 */
export async function signing<T>(sign: () => Promise<T>): Promise<T> {
  try {
    return await sign()
  } catch (error) {
    if (error instanceof SecuringError) {
      throw refusal({ what: `It was not signed (${error.code}): ${error.message}` })
    }
    if (error instanceof IssuanceError) {
      throw refusal(...error.faults.map((fault) => issuanceComplaint(fault, (pointer) => pointer)))
    }
    throw error
  }
}
