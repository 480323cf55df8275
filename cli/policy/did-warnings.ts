import { parseWebDid, publicKeyFromMultikey } from '@battery-passport/keys'
import type { EffectivePolicy } from '@battery-passport/verifier'

const DID_KEY = 'did:key:'
const DID_WEB = 'did:web:'

/** Why nothing that a DID signs can be verified by this program, or null where it can. */
export function unusableDid(did: string): string | null {
  if (did.startsWith(DID_KEY)) {
    const key = publicKeyFromMultikey(did.slice(DID_KEY.length))
    return key.ok ? null : `this is not the canonical form of a sound key (${key.detail})`
  }
  if (did.startsWith(DID_WEB)) {
    const web = parseWebDid(did)
    return web.ok ? null : `this is not its canonical form (${web.detail})`
  }
  const method = did.split(':').slice(0, 2).join(':')
  return `this edition resolves did:key and did:web and not ${method}, so nothing it signs can be verified unless didDocuments has its document`
}

/**
 * The DIDs of a policy under which nothing can be verified: mistyped ones, other methods, and those
 * of did:web whose document the policy does not pin.
 */
export function didWarnings({ source }: EffectivePolicy): readonly string[] {
  const { anchors, passportIssuers, distrust = [], didDocuments = [] } = source
  const issuers = typeof passportIssuers === 'string' ? [] : passportIssuers
  const pinned = new Set(didDocuments.map(({ did }) => did))
  const trusted = [
    ...anchors.map(({ did }, index) => [`anchors/${index}`, did] as const),
    ...issuers.map((did, index) => [`passportIssuers/${index}`, did] as const),
  ].filter(([, did]) => !pinned.has(did))
  const distrusted = distrust.flatMap(({ did }, index) =>
    did === undefined || pinned.has(did) ? [] : [[`distrust/${index}`, did] as const],
  )
  return [
    ...[...trusted, ...distrusted].flatMap(([place, did]) => {
      const reason = unusableDid(did)
      return reason === null ? [] : [`${place}, ${did}: ${reason}.`]
    }),
    ...trusted.flatMap(([place, did]) =>
      did.startsWith(DID_WEB) && unusableDid(did) === null
        ? [
            `${place}, ${did}: didDocuments does not have its document, so what it signs stays open without --resolve-web.`,
          ]
        : [],
    ),
  ]
}
