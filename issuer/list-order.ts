import { bitsSet, decodeBitstring, type StatusList } from '@battery-passport/verifier'

/**
 * Whether an edition of a list takes the place of another: it was signed later, or in the same
 * second and withdraws more. Of two of one second nobody can tell the later; who sends the milder
 * one must not win, whichever came first.
 */
export function supersedes(next: StatusList, current: StatusList): boolean {
  if (next.created !== current.created) return next.created > current.created
  if (next.digestMultibase === current.digestMultibase) return false
  return withdrawn(next) > withdrawn(current)
}

function withdrawn({ credential }: StatusList): number {
  const decoded = decodeBitstring(credential.credentialSubject.encodedList)
  return decoded.ok ? bitsSet(decoded.bits) : 0
}
