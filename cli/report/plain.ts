/**
 * Characters that act instead of showing: control characters, which a terminal obeys, and the
 * bidirectional, invisible and line-separating ones, which make a line read as another.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

/** Text from outside as it may be shown: every character that acts instead of showing is `�`. */
export function plain(text: string): string {
  return text.replaceAll(UNPRINTABLE, '\ufffd')
}
