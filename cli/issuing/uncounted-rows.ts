import type { Complaint } from '../errors.ts'
import type { ScoreRequest } from '../forms/score-request.ts'
import * as generated from '../generated/typed-read-validators.ts'
import { type CatalogueEntry, findEntry } from '../input/rulebook-catalogue.ts'
import { percentShares } from '../stages/percent-shares.ts'
import { rowWarnings } from '../stages/row-warnings.ts'
import type { AssembledRequest } from './assemble-request.ts'

/**
 * Rows of a request that its method would not count, or for next to nothing, told before it is sent:
 * afterwards they are signed. Where the method is not at hand, that is told instead; where the request has not its form,
 * the service names it.
 *
 * @param place names a JSON pointer into the request
 */
export function uncountedRows(
  request: AssembledRequest,
  catalogue: readonly CatalogueEntry[],
  place: (pointer: string) => string,
): readonly Complaint[] {
  if (!generated.ScoreRequest(request)) return []
  const { battery, method: asked } = request
  const methods = catalogue.filter(({ kind }) => kind === 'method')
  const entry =
    asked === undefined
      ? findEntry(methods, 'esg')
      : methods.find(
          ({ document: { key, version } }) => key === asked.key && version === asked.version,
        )
  const { chemistry, supplyChain = [] } = battery
  const at = (index: number, member: string) => place(`/battery/supplyChain/${index}/${member}`)
  const percent = percentShares(supplyChain, at)
  if (entry?.kind === 'method') {
    return [...percent, ...rowWarnings(entry.document, { chemistry, supplyChain }, at)]
  }
  return asked === undefined ? percent : [...percent, notAtHand(asked)]
}

/** Told once of many requests, so it names no file. */
function notAtHand({ key, version }: NonNullable<ScoreRequest['method']>): Complaint {
  return {
    what: `Method ${key} ${version} is not at hand: nobody looked for rows that it does not count.`,
    expected: 'a method that is shipped, or in the folder of --rulebooks',
    found: 'neither',
    remedy: 'Give its folder with --rulebooks DIR. As it is, a mistyped stage counts for nothing.',
  }
}
