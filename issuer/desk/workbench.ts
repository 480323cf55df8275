import { checkDataIntegrity, type ProofForm, type Signer } from '@battery-passport/keys'
import type { SecuredCredential } from '@battery-passport/verifier'
import { defaultForm } from '../sign-credential.ts'
import type { DeskEvent, DeskFile } from './entries.ts'
import type { DeskLog } from './log.ts'
import type { DeskState } from './state.ts'
import type { DeskStep } from './steps.ts'
import { Turns } from './turns.ts'

/** What an open desk consists of. */
export interface DeskParts {
  /** Its real path. */
  readonly folder: string
  readonly signer: Signer
  readonly form?: ProofForm
  readonly onStep?: (step: DeskStep) => void
  readonly log: DeskLog
  readonly state: DeskState
  readonly deskFile: DeskFile
}

/** What every act at a desk works with. */
export interface Workbench extends DeskParts {
  readonly form: ProofForm
  readonly turns: Turns
  /** Writes events to the log, and only then lets them be true. */
  record(events: readonly DeskEvent[]): Promise<void>
  /** Tells that a step is done; what hears it may end the desk there. */
  done(step: DeskStep): Promise<void>
}

/** Lays out the workbench of an open desk. */
export function workbench(parts: DeskParts): Workbench {
  const { log, state, onStep } = parts
  const turns = new Turns(parts.folder)
  return {
    ...parts,
    form: parts.form ?? defaultForm(parts.signer),
    turns,
    async record(events) {
      await turns.orFail(() => log.append(events))
      for (const event of events) state.apply(event)
    },
    done: (step) => turns.orFail(() => onStep?.(step)),
  }
}

/**
 * Checks what the signer made before it is stored: a key service may answer nonsense.
 *
 * @throws {TypeError} when the signature does not hold
 */
export async function checkOwnSignature(
  { id, document, securing }: SecuredCredential,
  { publicKey }: Pick<Signer, 'publicKey'>,
): Promise<void> {
  // A JWT was checked by jose when it was made.
  if (securing.form === 'vc+jwt') return
  const check = await checkDataIntegrity(document, { publicKey })
  if (!check.ok) throw new TypeError(`${id}: the signature does not hold: ${check.detail}`)
}
