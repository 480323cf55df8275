import type { SchemaFault } from './validate.ts'

/**
 * What to do about a fault: write what was most likely meant, remove what nobody knows, or, where
 * the schema has no list to choose from, what the caller says.
 */
export function faultRemedy({ isUnknown, meant }: SchemaFault, otherwise: string): string {
  if (meant !== undefined) return `Did you mean "${meant}"?`
  return isUnknown
    ? 'Remove it, or correct its name: nothing is ignored that is not understood.'
    : otherwise
}
