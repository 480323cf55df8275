import { LIMITS } from '@battery-passport/verifier'
import { type IssuanceFault, refuseFaults } from '../errors.ts'

/**
 * Refuses a presentation that no verifier of this profile would read.
 *
 * @param presentation as it would be sent
 * @param credentials how many it holds
 * @throws {IssuanceError} PRESENTATION_REFUSED
 */
export function checkPresentationSize(presentation: string, credentials: number): void {
  const { presentationBytes, presentationCredentials } = LIMITS
  const bytes = Buffer.byteLength(presentation)
  const faults: IssuanceFault[] = []
  if (credentials > presentationCredentials) {
    const found = `${credentials} credentials`
    faults.push(tooLarge('/verifiableCredential', `at most ${presentationCredentials}`, found))
  }
  if (bytes > presentationBytes) {
    faults.push(tooLarge('', `at most ${presentationBytes} bytes`, `${bytes} bytes`))
  }
  refuseFaults('PRESENTATION_REFUSED', faults)
}

function tooLarge(pointer: string, expected: string, found: string): IssuanceFault {
  return {
    code: 'LIMIT_EXCEEDED',
    pointer,
    expected,
    found,
    detail: 'The presentation would be larger than every verifier of this profile reads.',
    remedy: 'Rest the passport on fewer attestations.',
  }
}
