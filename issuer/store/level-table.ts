import { type ByteCursor, byteCursor } from './byte-cursor.ts'
import { maskedCrc } from './level-manifest.ts'
import { unsnap } from './snappy.ts'

const FOOTER = 48
const MAGIC = Buffer.from('57fb808b247547db', 'hex')
/** After each block: its compression and a checksum. */
const TRAILER = 5
const RAW = 0
const SNAPPY = 1

/**
 * Checks every block of a table against its checksum, which LevelDB itself does not: it serves
 * damaged keys and filters as records that are not there, and ends the process over others.
 *
 * @throws {RangeError} when one is not what was written
 * @see https://github.com/google/leveldb/blob/main/doc/table_format.md
 */
export function checkTable(table: Uint8Array): void {
  const footer = table.subarray(-FOOTER)
  if (table.length < FOOTER || !MAGIC.equals(footer.subarray(-MAGIC.length))) {
    throw new RangeError('it has no end of a table')
  }
  const handles = byteCursor(footer)
  const directories = [readHandle(handles), readHandle(handles)]
  const blocks = directories.flatMap((handle) => entries(checkedBlock(table, handle)))
  for (const handle of blocks) checkedBlock(table, handle)
  const covered = [...directories, ...blocks].reduce(
    (sum, { size }) => sum + size + TRAILER,
    FOOTER,
  )
  if (covered !== table.length) throw new RangeError('it has bytes that belong to no block')
}

interface Handle {
  readonly offset: number
  readonly size: number
}

function readHandle(input: ByteCursor): Handle {
  return { offset: input.varint(), size: input.varint() }
}

function checkedBlock(table: Uint8Array, { offset, size }: Handle): Uint8Array {
  const input = byteCursor(table.subarray(offset))
  const checked = input.take(size + 1)
  const stored = Buffer.from(input.take(TRAILER - 1)).readUInt32LE()
  if (maskedCrc(checked) !== stored) throw new RangeError(`the block at ${offset} is damaged`)
  return checked
}

function uncompressed(checked: Uint8Array): Uint8Array {
  const content = checked.subarray(0, -1)
  const compression = checked.at(-1)
  if (compression === RAW) return content
  if (compression === SNAPPY) return unsnap(content)
  throw new RangeError(`it has a block of compression ${compression}, and 0 and 1 alone are known`)
}

/** The handles that a directory of blocks holds: in the values of its entries. */
function entries(checked: Uint8Array): readonly Handle[] {
  const block = Buffer.from(uncompressed(checked))
  const restarts = block.readUInt32LE(block.length - 4)
  const input = byteCursor(block.subarray(0, block.length - 4 - 4 * restarts))
  const handles: Handle[] = []
  while (input.left() > 0) {
    input.varint()
    const keyLength = input.varint()
    const valueLength = input.varint()
    input.take(keyLength)
    handles.push(readHandle(byteCursor(input.take(valueLength))))
  }
  return handles
}
