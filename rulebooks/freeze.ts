import { deepFreeze } from '@battery-passport/contexts'

/**
 * The value itself if nothing of it can change, else a frozen copy: what the caller gave is never
 * changed, and what is frozen keeps its identity, by which digests are remembered.
 */
export function frozenCopy<T>(value: T): T {
  return isDeepFrozen(value) ? value : deepFreeze(structuredClone(value))
}

function isDeepFrozen(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return true
  return Object.isFrozen(value) && Object.values(value).every(isDeepFrozen)
}
