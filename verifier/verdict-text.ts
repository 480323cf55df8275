import type { ChainLink, PassportVerdict } from './verdict.ts'

/** Links that were written before: what many passports share stands in each of their verdicts. */
const written = new WeakMap<ChainLink, string>()

/** The verdict as JSON text, what `JSON.stringify` writes of it. */
export function verdictText(verdict: PassportVerdict): string {
  const members = Object.entries(verdict).map(([name, value]) => {
    const text = name === 'chain' ? chainText(verdict.chain) : JSON.stringify(value)
    return `${JSON.stringify(name)}:${text}`
  })
  return `{${members.join(',')}}`
}

function chainText(chain: readonly ChainLink[]): string {
  return `[${chain.map(linkText).join(',')}]`
}

function linkText(link: ChainLink): string {
  const known = written.get(link)
  if (known !== undefined) return known
  const text = JSON.stringify(link)
  // Another might be changed before it is written again.
  if (Object.isFrozen(link)) written.set(link, text)
  return text
}
