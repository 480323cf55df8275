import { randomUUID } from 'node:crypto'
import type { Signer } from '@battery-passport/keys'
import type { DeliveryVerdict } from '@battery-passport/verifier'
import type { Command } from 'commander'
import type { CommandDeps } from '../command-deps.ts'
import { usageError } from '../errors.ts'
import { addPassphraseOptions, openKey, type PassphraseOptions } from '../key-options.ts'
import type { VerifierInput } from './verifier-options.ts'

/** The options that ask for a receipt. */
export interface ReceiptFlags extends PassphraseOptions {
  readonly receipt?: string
  readonly receiptKey?: string
  readonly force?: true
  readonly bulk?: string
}

/** Adds them. */
export function addReceiptOptions(command: Command): Command {
  return addPassphraseOptions(
    command
      .option(
        '--receipt <file>',
        'write a signed receipt of the verification, whatever its outcome',
      )
      .option('--receipt-key <file>', 'with --receipt: your own key (Ed25519) to sign it')
      .option('--force', 'with --receipt: replace a file that exists'),
  )
}

/** Signs and writes the receipt of a verification. */
export type ReceiptWriter = (verification: DeliveryVerdict, input: VerifierInput) => Promise<void>

/**
 * Opens the key and looks at the place, before anything is verified; null where no receipt is asked
 * for. Who asks for none does not wait for the modules it takes.
 *
 * @throws {CommandError} usage
 */
export async function receiptWriter(
  flags: ReceiptFlags,
  deps: CommandDeps,
): Promise<ReceiptWriter | null> {
  const { receipt: path, receiptKey, force = false, bulk } = flags
  if (path === undefined && receiptKey === undefined && !force) return null
  if (path === undefined || receiptKey === undefined) throw halfAsked(path, receiptKey)
  if (bulk !== undefined) throw ofDelivery(path)
  const [{ assertFree }, { writeFiles }, { issueReceipt }] = await Promise.all([
    import('../output/assert-free.ts'),
    import('../output/write-files.ts'),
    import('@battery-passport/verifier/receipts'),
  ])
  if (!force) await assertFree([path])
  const signer = await openKey({ ...flags, key: receiptKey }, deps)
  if (signer.algorithm !== 'Ed25519') throw wrongKey(receiptKey, signer)
  return async (verification, { added, options: { policy, clock } }) => {
    const receipt = await issueReceipt({
      id: `urn:uuid:${randomUUID()}`,
      verification,
      with: added.map(({ bytes }) => bytes),
      policy,
      clock,
      signer,
    })
    await writeFiles([{ path, text: `${JSON.stringify(receipt, null, 2)}\n` }], { force })
    deps.err(`receipt: ${path}, signed by ${signer.did}, valid until ${receipt.validUntil}\n`)
  }
}

function halfAsked(path: string | undefined, key: string | undefined) {
  return usageError({
    what: 'A receipt takes a file to write and a key to sign with.',
    where: '--receipt, --receipt-key',
    expected: 'both',
    found: path !== undefined ? '--receipt' : key !== undefined ? '--receipt-key' : '--force',
    remedy: 'Add the other, or leave them out.',
  })
}

function ofDelivery(path: string) {
  return usageError({
    what: 'A receipt is of one passport.',
    where: '--receipt',
    expected: 'one passport or presentation',
    found: `--bulk with --receipt ${path}`,
    remedy: 'Verify the passport that needs a receipt by itself.',
  })
}

function wrongKey(file: string, { algorithm }: Signer) {
  return usageError({
    what: 'A receipt cannot be signed with this key.',
    where: file,
    expected: 'a key of type Ed25519',
    found: algorithm,
    remedy: 'Make one: battery-passport keys new --out FILE.',
  })
}
