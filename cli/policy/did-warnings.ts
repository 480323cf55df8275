import { publicKeyFromMultikey } from '@battery-passport/keys'
import type { EffectivePolicy } from '@battery-passport/verifier'

const DID_KEY = 'did:key:'

/** Why nothing that a DID signs can be verified by this program, or null where it can. */
export function unusableDid(did: string): string | null {
  if (!did.startsWith(DID_KEY)) {
    const method = did.split(':').slice(0, 2).join(':')
    return `this edition resolves did:key and not ${method}, so nothing it signs can be verified`
  }
  const key = publicKeyFromMultikey(did.slice(DID_KEY.length))
  return key.ok ? null : `this is not the canonical form of a sound key (${key.detail})`
}

/** The DIDs of a policy under which nothing can be verified: mistyped ones, and other methods. */
export function didWarnings({ source }: EffectivePolicy): readonly string[] {
  const { anchors, passportIssuers, distrust = [] } = source
  const issuers = typeof passportIssuers === 'string' ? [] : passportIssuers
  return [
    ...anchors.map(({ did }, index) => [`anchors/${index}`, did] as const),
    ...issuers.map((did, index) => [`passportIssuers/${index}`, did] as const),
    ...distrust.flatMap(({ did }, index) =>
      did === undefined ? [] : [[`distrust/${index}`, did] as const],
    ),
  ].flatMap(([place, did]) => {
    const reason = unusableDid(did)
    return reason === null ? [] : [`${place}, ${did}: ${reason}.`]
  })
}
