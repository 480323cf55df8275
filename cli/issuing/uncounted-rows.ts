import type { Complaint } from '../errors.ts'
import { isScoreRequest } from '../input/read-score-request.ts'
import { type CatalogueEntry, findEntry } from '../input/rulebook-catalogue.ts'
import { rowWarnings } from '../stages/row-warnings.ts'
import type { AssembledRequest } from './assemble-request.ts'

/**
 * Rows of a request that its method would not count, told before it is sent: afterwards they are
 * signed. Nothing is said where the method is not at hand, or the request has not its form: the
 * service knows the one and names the other.
 *
 * @param place names a JSON pointer into the request
 */
export function uncountedRows(
  request: AssembledRequest,
  catalogue: readonly CatalogueEntry[],
  place: (pointer: string) => string,
): readonly Complaint[] {
  if (!isScoreRequest(request)) return []
  const { battery, method: asked } = request
  const methods = catalogue.filter(({ kind }) => kind === 'method')
  const entry =
    asked === undefined
      ? findEntry(methods, 'esg')
      : methods.find(
          ({ document: { key, version } }) => key === asked.key && version === asked.version,
        )
  if (entry?.kind !== 'method') return []
  const { chemistry, supplyChain = [] } = battery
  return rowWarnings(entry.document, { chemistry, supplyChain }, (index, member) =>
    place(`/battery/supplyChain/${index}/${member}`),
  )
}
