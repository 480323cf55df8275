import type { ChainLink, PassportVerdict } from '../verdict.ts'

/** What was written before: links and scores that many passports share are in all their verdicts. */
const written = new WeakMap<object, string>()

/** The verdict as JSON text, what `JSON.stringify` writes of it. */
export function verdictText(verdict: PassportVerdict): string {
  const members = Object.entries(verdict).map(([name, value]) => {
    const text = name === 'chain' ? chainText(verdict.chain) : textOf(value)
    return `${JSON.stringify(name)}:${text}`
  })
  return `{${members.join(',')}}`
}

function chainText(chain: readonly ChainLink[]): string {
  return `[${chain.map(textOf).join(',')}]`
}

/** Frozen at its top means frozen deeply here: what was written once is written the same again. */
function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || !Object.isFrozen(value)) {
    return JSON.stringify(value)
  }
  const known = written.get(value)
  if (known !== undefined) return known
  const text = JSON.stringify(value)
  written.set(value, text)
  return text
}
