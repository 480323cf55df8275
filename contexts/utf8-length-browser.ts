/** How many bytes the UTF-8 form of a text has, a lone surrogate three. */
export function utf8Length(text: string): number {
  let bytes = text.length
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index)
    if (unit < 0x80) continue
    bytes += 1
    if (unit < 0x800) continue
    bytes += 1
    // A pair is four bytes: the first unit was counted with three of them, the second with one.
    if (unit >= 0xd800 && unit <= 0xdbff && isTrail(text.charCodeAt(index + 1))) index += 1
  }
  return bytes
}

function isTrail(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}
