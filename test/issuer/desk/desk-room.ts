import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createDesk,
  type Desk,
  type DeskStep,
  type Draft,
  identify,
  openDesk,
} from '@battery-passport/issuer'
import {
  generatePrivateJwk,
  type PrivateJwk,
  type Signer,
  signerFromJwk,
} from '@battery-passport/keys'

export const CREATED = '2026-10-01T08:00:00Z'
export const STATUS_BASE = 'https://registrar.example/status'

/** A registrar with a key and a place for a desk; the folder goes when the test ends. */
export interface DeskRoom {
  readonly folder: string
  readonly signer: Signer
  /** For another process at the same desk. */
  readonly privateJwk: PrivateJwk
  open(options?: {
    readonly onStep?: (step: DeskStep) => void
    readonly signer?: Signer
  }): Promise<Desk>
  /** Closes what was opened and removes everything. */
  clear(): Promise<void>
}

/** A desk that was just made. */
export async function deskRoom(algorithm: 'Ed25519' | 'P-256' = 'Ed25519'): Promise<DeskRoom> {
  const privateJwk = generatePrivateJwk(algorithm)
  const signer = signerFromJwk(privateJwk)
  const parent = await mkdtemp(join(tmpdir(), 'battery-passport-desk-'))
  const folder = join(parent, 'desk')
  const opened: Desk[] = []
  await createDesk({ folder, did: signer.did, statusBase: STATUS_BASE })
  return {
    folder,
    signer,
    privateJwk,
    async open(options = {}) {
      const desk = await openDesk({ folder, signer, ...options })
      opened.push(desk)
      return desk
    },
    async clear() {
      for (const desk of opened) await desk.close()
      await rm(parent, { recursive: true, force: true })
    },
  }
}

/** The id of the identity of a number. */
export function identityId(number: number): string {
  return `https://registrar.example/identities/${number}`
}

/** Drafts an identity of a fictional company. */
export function identityDraft(
  issuer: string,
  number: number,
  id: string = identityId(number),
): Draft<'RegisteredIdentity'> {
  return (credentialStatus) =>
    identify({
      id,
      issuer,
      validFrom: '2026-10-01T00:00:00Z',
      validUntil: '2027-10-01T00:00:00Z',
      credentialStatus,
      subject: {
        id: `did:web:company-${number}.example`,
        type: 'RegisteredOrganization',
        legalName: `Company ${number} (fictional)`,
        registeredIds: [{ scheme: 'Fictional register', value: String(number) }],
        roles: ['operator'],
        facilities: [],
        keys: [
          {
            thumbprint: 'zQmYtUc4iTCbbfVSDNKvtQqrfyezPPnFvE33wFmutw9PBBk',
            from: '2026-10-01T00:00:00Z',
            until: '2027-10-01T00:00:00Z',
          },
        ],
      },
    })
}
