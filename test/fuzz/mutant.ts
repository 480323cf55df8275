import type { Sent, World } from './bases.ts'
import { damageBytes } from './bytes.ts'
import { Choices } from './choices.ts'
import { MUTATIONS, type MutationName } from './mutations.ts'
import { credentialPlaces, editionOf, type Scene } from './scene.ts'
import { copyOfSlot, type Slot, textOf, treeOf } from './tree.ts'

/** How a mutant is made: which base, what is done to it, one after the other. */
export interface Recipe {
  readonly base: number
  readonly steps: readonly Step[]
  /** Damage to the bytes that follow; each is a list of choices. */
  readonly damage: readonly (readonly number[])[]
}

export interface Step {
  readonly what: MutationName
  readonly choices: readonly number[]
}

/** Makes mutants of the bases of a world. */
export interface Mill {
  make(recipe: Recipe): Sent
}

/** Reads every base and donor once. */
export function mutantMill({ bases, donors }: World): Mill {
  const trees = bases.map(({ input, added }) => [input, ...added].map(slotOf))
  const parts = donors.map(slotOf)
  const all = credentialPlaces(parts).map(({ slot }) => editionOf(slot))
  const editions = [...new Map(all.map((each) => [each.text, each])).values()]
  return {
    make({ base, steps, damage }) {
      const own = trees[base % trees.length]
      if (own === undefined) throw new TypeError('no base')
      const scene: Scene = { roots: own.map(copyOfSlot), donors: parts, editions }
      for (const { what, choices } of steps) MUTATIONS[what](scene, new Choices(choices))
      const [input = new Uint8Array(), ...added] = scene.roots.map(bytesOf)
      const damaged = damage.reduce(
        (bytes, choices) => damageBytes(bytes, new Choices(choices), donors),
        input,
      )
      return { input: damaged, added }
    },
  }
}

function slotOf(bytes: Uint8Array): Slot {
  return { key: '', value: treeOf(Buffer.from(bytes).toString()) }
}

function bytesOf({ value }: Slot): Uint8Array {
  return Uint8Array.from(Buffer.from(textOf(value)))
}
