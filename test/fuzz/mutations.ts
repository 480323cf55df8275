import * as chain from './mutations/chain.ts'
import * as securing from './mutations/securing.ts'
import * as shape from './mutations/shape.ts'
import * as text from './mutations/text.ts'
import type { Mutation } from './scene.ts'

/** Every change that knows what it changes, by name. */
export const MUTATIONS = { ...shape, ...text, ...securing, ...chain } satisfies Record<
  string,
  Mutation
>

export type MutationName = keyof typeof MUTATIONS
