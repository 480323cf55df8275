/** An element of DER with this content. */
export function der(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const length = content.reduce((sum, { length: each }) => sum + each, 0)
  const bytes = new Uint8Array([
    tag,
    ...lengthBytes(length),
    ...content.flatMap((each) => [...each]),
  ])
  return bytes
}

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length]
  if (length < 0x100) return [0x81, length]
  return [0x82, length >> 8, length & 0xff]
}
