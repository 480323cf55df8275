import type { X509 } from './certificate.ts'
import { isSame } from './der-fields.ts'
import { holds } from './signature.ts'

/** Certificates between that of the signer and a trusted one. */
const MOST_BETWEEN = 3

/** A certificate that others may rest on. */
interface Authority {
  readonly x509: X509
  /** The trusted one that it is or rests on. */
  readonly root: X509
  /** How many more may stand between it and the signer. */
  readonly mostBelow: number
}

/**
 * The trusted certificate that a certificate is or rests on at an instant, or null (RFC 5280 §6).
 * The path is walked from the trusted ones down, so that no key is used that nobody vouches for: who
 * wrote the others chose keys that take long to use, perhaps, and so many that all paths through
 * them would take longer.
 *
 * @param others that came with it, of whatever worth
 * @param instant seconds since the epoch, at which all of them are in force
 */
export async function trustedUnder(
  certificate: X509,
  trusted: readonly X509[],
  others: readonly X509[],
  instant: number,
): Promise<X509 | null> {
  const isInForce = ({ notBefore, notAfter }: X509) => notBefore <= instant && instant <= notAfter
  if (!isInForce(certificate)) return null
  const roots = trusted.filter(isInForce)
  const own = roots.find(({ der }) => isSame(der, certificate.der))
  if (own !== undefined) return own
  let above: readonly Authority[] = roots.flatMap((root) =>
    root.authority === null ? [] : [{ x509: root, root, mostBelow: root.authority.mostBelow }],
  )
  const between = others.filter(isInForce)
  for (let step = 0; step <= MOST_BETWEEN; step += 1) {
    const issuer = await issuerOf(certificate, above)
    if (issuer !== null) return issuer.root
    above = await nextBelow(between, above)
  }
  return null
}

/** Those of the others that rest on the authorities found so far, and may certify in their turn. */
async function nextBelow(
  between: readonly X509[],
  above: readonly Authority[],
): Promise<readonly Authority[]> {
  const able = above.filter(({ mostBelow }) => mostBelow > 0)
  const found: Authority[] = []
  for (const x509 of between) {
    if (x509.authority === null) continue
    const issuer = await issuerOf(x509, able)
    if (issuer === null) continue
    const mostBelow = Math.min(issuer.mostBelow - 1, x509.authority.mostBelow)
    found.push({ x509, root: issuer.root, mostBelow })
  }
  return found
}

async function issuerOf(below: X509, above: readonly Authority[]): Promise<Authority | null> {
  const { signed: data, signature, algorithm } = below
  for (const authority of above) {
    const { subject, publicKey } = authority.x509
    if (!isSame(subject, below.issuer)) continue
    if (await holds({ data, signature, algorithm }, publicKey)) return authority
  }
  return null
}
