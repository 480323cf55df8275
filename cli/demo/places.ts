import { join } from 'node:path'

/** Where the demo keeps what it made, below one folder: also what `serve --demo` then serves. */
export interface Places {
  readonly root: string
  readonly passphrase: string
  readonly token: string
  readonly policy: string
  /** The settings of the service. */
  readonly settings: string
  readonly data: string
  key(party: string): string
  /** The desk of a body; the registrar's is apart from the scheme owner's. */
  desk(name: string): string
  /** What a person would have filled in. */
  form(...parts: readonly string[]): string
  /** What was signed. */
  credentials(...parts: readonly string[]): string
  passports(...parts: readonly string[]): string
}

/** The desk of the scheme owner as registrar. */
export const REGISTER = 'register'

/** The places below a folder. */
export function placesIn(root: string): Places {
  return {
    root,
    passphrase: join(root, 'passphrase'),
    token: join(root, 'token'),
    policy: join(root, 'policy.json'),
    settings: join(root, 'service.json'),
    data: join(root, 'data'),
    key: (party) => join(root, 'keys', `${party}.key.json`),
    desk: (name) => join(root, 'desks', name),
    form: (...parts) => join(root, 'forms', ...parts),
    credentials: (...parts) => join(root, 'credentials', ...parts),
    passports: (...parts) => join(root, 'passports', ...parts),
  }
}
