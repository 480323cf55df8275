import { valueAt } from '@battery-passport/contexts'
import type { EffectivePolicy } from '@battery-passport/verifier'
import { wrap } from '../report/layout.ts'
import { plain } from '../report/plain.ts'
import { POLICY_FIELDS } from './fields.ts'

/** Every field of a policy with its value, or what holds without it, and what it means. */
export function policyExplanation({ source }: EffectivePolicy): string {
  return POLICY_FIELDS.filter(({ place }) => !place.includes('*'))
    .map(({ place, meaning, default: otherwise = '' }) => {
      const value = valueAt(source, place)
      const name = place.slice(1).replaceAll('/', '.')
      const lines =
        value === undefined
          ? [wrap(`${name} is not set: ${otherwise}`, '  ', '    ')]
          : valueLines(name, value)
      return [...lines, wrap(meaning, '    ')].join('\n')
    })
    .join('\n')
}

function valueLines(name: string, value: unknown): string[] {
  if (Array.isArray(value)) {
    return [`  ${name}:`, ...value.map((item: unknown) => wrap(inline(item), '    - '))]
  }
  if (typeof value === 'object') return [`  ${name}:`]
  return [wrap(`${name}: ${inline(value)}`, '  ', '    ')]
}

function inline(value: unknown): string {
  if (value === null || typeof value !== 'object') return plain(String(value))
  return Object.entries(value)
    .filter(([name]) => name !== '$comment')
    .map(([name, member]) => `${name} ${plain(String(member))}`)
    .join(', ')
}
