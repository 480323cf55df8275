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
    ...faults.map(({ pointer, expected, found }) => ({
      what: 'This setting is not as it must be.',
      where: pointer || '/',
      expected,
      found,
    })),
  ]
}
