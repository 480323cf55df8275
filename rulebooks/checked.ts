import type { Method, Rulebook } from './rulebook.ts'

declare const checked: unique symbol

/** A rulebook without faults, frozen; only `checkRulebook` makes one. */
export type CheckedRulebook = Rulebook & { readonly [checked]: 'Rulebook' }

/** A method without faults, frozen; only `checkMethod` makes one. */
export type CheckedMethod = Method & { readonly [checked]: 'Method' }
