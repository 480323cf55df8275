import type { MappedCatenaX } from '@battery-passport/issuer'
import { wrap } from '../report/layout.ts'
import { plain } from '../report/plain.ts'

/** What became of a Catena-X document: how many values were mapped, and what was not, by reason. */
export function mappingSummary({ mapped, notMapped }: MappedCatenaX, file: string): string {
  const byReason = new Map<string, string[]>()
  for (const { pointer, reason } of notMapped) {
    byReason.set(reason, [...(byReason.get(reason) ?? []), pointer])
  }
  return [
    wrap(plain(`Catena-X document ${file}: ${counts({ mapped, notMapped })}`)),
    ...[...byReason].map(([reason, pointers]) => {
      const [first = ''] = pointers
      const more = pointers.length === 1 ? '' : ` and ${pointers.length - 1} more`
      return wrap(plain(`${pointers.length} not mapped, ${first}${more}: ${reason}`), '  ', '    ')
    }),
    'With --verbose, every value is listed.',
    '',
  ].join('\n')
}

function counts({ mapped, notMapped }: Pick<MappedCatenaX, 'mapped' | 'notMapped'>): string {
  return `${mapped.length} values mapped, ${notMapped.length} not.`
}

/** Where every value of a Catena-X document went, and what stays behind with the reason. */
export function mappingText({ mapped, notMapped, ...rest }: MappedCatenaX, file: string): string {
  const { batchNumber, serialNumber } = rest
  return [
    `Catena-X document ${plain(file)}: ${counts({ mapped, notMapped })}`,
    ...mapped.map(({ from, to }) => plain(`  ${from} -> ${to}`)),
    ...(notMapped.length === 0 ? [] : ['Not mapped:']),
    ...notMapped.map(({ pointer, value, reason }) =>
      wrap(plain(`${pointer} = ${value}: ${reason}`), '  ', '    '),
    ),
    ...(batchNumber === undefined && serialNumber === undefined
      ? []
      : ['Batch and serial number are read, but the ids of the battery are those of the request.']),
    '',
  ].join('\n')
}
