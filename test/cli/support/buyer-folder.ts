import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Consortium, type PresentationParts } from '../../support/consortium.ts'

/** A folder as a buyer has it, with the documents of a consortium that signed them. */
export interface BuyerFolder {
  readonly path: string
  readonly consortium: Consortium
  /** The path of a file in it. */
  at(name: string): string
  /** Writes a file: bytes as they are, anything else as JSON; answers its path. */
  write(name: string, content: Uint8Array | string | object): Promise<string>
  /** Writes a presentation of the consortium, with some of its parts made another way. */
  present(name: string, parts?: PresentationParts): Promise<string>
  remove(): Promise<void>
}

/** A new folder; of method `esg`, the consortium's policy needs no other file. */
export async function buyerFolder(method: 'small' | 'esg' = 'esg'): Promise<BuyerFolder> {
  const path = await mkdtemp(join(tmpdir(), 'battery-passport-cli-'))
  const consortium = await Consortium.assemble({ method })
  const at = (name: string) => join(path, name)
  const write = async (name: string, content: Uint8Array | string | object) => {
    await mkdir(join(at(name), '..'), { recursive: true })
    const isText = typeof content === 'string' || content instanceof Uint8Array
    await writeFile(at(name), isText ? content : JSON.stringify(content, null, 2))
    return at(name)
  }
  await write('policy.json', consortium.policyDocument())
  return {
    path,
    consortium,
    at,
    write,
    present: async (name, parts = {}) => write(name, await consortium.presentation(parts)),
    remove: () => rm(path, { recursive: true, force: true }),
  }
}
