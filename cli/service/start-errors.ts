import { faultRemedy } from '@battery-passport/contexts'
import { StartError, StoreError } from '@battery-passport/issuer/service'
import { type Complaint, usageError } from '../errors.ts'
import { keyFileErrors } from '../key-file-errors.ts'

/**
 * Runs something that starts the service.
 *
 * @throws {CommandError} usage: settings, policy, key, token, data folder or port are not as they must be
 */
export async function startErrors<T>(start: () => Promise<T>): Promise<T> {
  try {
    return await keyFileErrors(start)
  } catch (error) {
    if (error instanceof StoreError) throw usageError({ what: `${error.code}: ${error.message}` })
    if (error instanceof StartError) throw usageError(...startComplaints(error))
    throw error
  }
}

function startComplaints({ code, message, faults }: StartError): Complaint[] {
  const [what = ''] = message.split('\n')
  return [
    { what: `${code}: ${what}` },
    ...faults.map((fault) => ({
      what: fault.isUnknown ? 'There is no such setting.' : 'This setting is not as it must be.',
      where: fault.pointer || '/',
      expected: fault.expected,
      found: fault.found,
      remedy: faultRemedy(fault, 'Correct it; docs/operating.md has each setting.'),
    })),
  ]
}
