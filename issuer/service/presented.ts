import { CONTEXTS, VC_CONTEXT } from '@battery-passport/contexts'
import type { Timestamp } from '../timestamps.ts'

/** A secured credential as an item of a presentation: itself, or the envelope of its JWT. */
export function presentedText(text: string): string {
  if (text.startsWith('{')) return text
  return JSON.stringify({
    '@context': VC_CONTEXT,
    id: `data:application/vc+jwt,${text}`,
    type: 'EnvelopedVerifiableCredential',
  })
}

/** An unsigned presentation of credentials, each the JSON text of one item, and of their timestamps. */
export function presentationText(
  items: readonly string[],
  timestamps: readonly Timestamp[] = [],
): string {
  const rest = `"type":["VerifiablePresentation"],"verifiableCredential":[${items.join(',')}]`
  return timestamps.length === 0
    ? `{"@context":["${VC_CONTEXT}"],${rest}}`
    : `{"@context":${JSON.stringify(CONTEXTS)},${rest},"timestamps":${JSON.stringify(timestamps)}}`
}
