/** A compact JWT as a JSON string. Its letters need no escape, so that there is one way to write it. */
const QUOTED_JWT = /^[ \t]*"(eyJ[A-Za-z0-9_.-]*)"[ \t]*$/

const QUOTE = 0x22
const SPACES: readonly number[] = [0x20, 0x09]

/** The input that a line holds: the line itself, or the compact JWT that it quotes. */
export function lineInput(line: Uint8Array): Uint8Array {
  const first = line.find((byte) => !SPACES.includes(byte))
  if (first !== QUOTE) return line
  const [, jwt] = QUOTED_JWT.exec(Buffer.from(line).toString('latin1')) ?? []
  return jwt === undefined ? line : Buffer.from(jwt, 'latin1')
}
