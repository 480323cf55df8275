import type { Explanation } from '@battery-passport/rulebooks'
import { points } from './figures.ts'
import { wrap } from './layout.ts'
import { plain } from './plain.ts'

interface Raise {
  readonly raises: number
  readonly what: string
}

/** What single unknowns would raise the score most, if they turned out best and all else stayed. */
export function largestRaises(explanation: Explanation, most: number): string {
  const raises = allRaises(explanation)
    .filter((each) => each.raises > 0)
    .sort((a, b) => b.raises - a.raises)
  if (raises.length === 0) return '  No single unknown would raise it by itself.'
  return raises
    .slice(0, most)
    .map(({ raises: value, what }) => wrap(plain(what), `  ${points(value).padStart(6)}  `))
    .join('\n')
}

function allRaises({ rulebooks }: Explanation): Raise[] {
  return rulebooks.flatMap(({ key, stages }) =>
    stages.flatMap(({ stage, materials }) =>
      materials.flatMap(({ material, facilities, uncovered }): Raise[] => {
        const site = material === null ? stage : `${material} ${stage}`
        const missing: Raise[] =
          uncovered === undefined
            ? []
            : [{ raises: uncovered.raises, what: `${key}: list who else does ${site}` }]
        return [
          ...missing,
          ...facilities.flatMap(({ facility, credential, raises, excluded, indicators }) => {
            const who = facility ?? 'the battery'
            return [
              ...(raises === undefined
                ? []
                : [{ raises, what: `${key}: have ${who} attested for ${site}` }]),
              ...(excluded === undefined
                ? []
                : [
                    {
                      raises: excluded.raises,
                      what: `${key}: have the rest of ${who} attested for ${site}`,
                    },
                  ]),
              ...(credential === null
                ? []
                : indicators.flatMap((each) =>
                    each.status === 'unknown'
                      ? [
                          {
                            raises: each.raises,
                            what: `${each.indicator} of ${who} for ${site} (${each.reason})`,
                          },
                        ]
                      : [],
                  )),
            ]
          }),
        ]
      }),
    ),
  )
}
