/** The size up to which any input is refused within the lower ceiling, in bytes. */
export const SMALL = 64 * 1024

/** Something that a verifier is made to work on for as long as possible. */
export interface HostileInput {
  readonly name: string
  readonly bytes: Uint8Array
  /** Whom it is brought to: `verifyPassport`, `verifyAttestations`, or `verifySecuredDocument`. */
  readonly door: 'passport' | 'attestations' | 'document'
  /** How it is answered: any other answer stops the bench. */
  readonly outcome: 'accepted' | 'rejected' | 'indeterminate' | 'verified' | 'refused'
  /** Whether a JSON-LD processor makes it canonical. */
  readonly isJsonLd?: true
}

/** Pieces between a beginning and an end, as many as the size allows. */
export function filled(
  before: string,
  pieceOf: (number: number) => string,
  after: string,
  { size = SMALL, separator = ',' } = {},
): Uint8Array {
  const pieces: string[] = []
  let length = before.length + after.length
  for (let number = 0; ; number++) {
    const piece = pieceOf(number)
    length += piece.length + separator.length
    if (length > size) break
    pieces.push(piece)
  }
  return bytesOf(before + pieces.join(separator) + after)
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

export function bytesOfJson(value: unknown): Uint8Array {
  return bytesOf(JSON.stringify(value))
}
