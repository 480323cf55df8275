import { VC_CONTEXT } from '@battery-passport/contexts'

/** A secured credential as an item of a presentation: itself, or the envelope of its JWT. */
export function presentedText(text: string): string {
  if (text.startsWith('{')) return text
  return JSON.stringify({
    '@context': VC_CONTEXT,
    id: `data:application/vc+jwt,${text}`,
    type: 'EnvelopedVerifiableCredential',
  })
}

/** An unsigned presentation of credentials, each the JSON text of one item. */
export function presentationText(items: readonly string[]): string {
  return `{"@context":["${VC_CONTEXT}"],"type":["VerifiablePresentation"],"verifiableCredential":[${items.join(',')}]}`
}
