import { usageError } from '../errors.ts'

/**
 * Inputs with the outputs they go to, in order.
 *
 * @throws {CommandError} usage: their numbers differ
 */
export function pairedFiles(
  inputs: readonly string[],
  outputs: readonly string[],
): { readonly input: string; readonly output: string }[] {
  if (inputs.length === 0 || inputs.length !== outputs.length) {
    throw usageError({
      what: 'Every --in needs its --out.',
      where: '--in, --out',
      expected: 'one or more pairs, in the same order',
      found: `${inputs.length} --in, ${outputs.length} --out`,
      remedy: 'Give both options once for each credential.',
    })
  }
  return inputs.map((input, index) => ({ input, output: outputs[index] ?? '' }))
}
