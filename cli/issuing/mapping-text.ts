import type { MappedCatenaX } from '@battery-passport/issuer'
import { wrap } from '../report/layout.ts'
import { plain } from '../report/plain.ts'

/** Where every value of a Catena-X document went, and what stays behind with the reason. */
export function mappingText({ mapped, notMapped, ...rest }: MappedCatenaX, file: string): string {
  const { batchNumber, serialNumber } = rest
  return [
    `Catena-X document ${plain(file)}: ${mapped.length} values mapped, ${notMapped.length} not.`,
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
