import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import type { Library } from './judge.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A guard that is taken out: in which file, and what stands there with it and without. */
export interface PlantedHole {
  readonly name: string
  readonly file: string
  readonly guard: string
  readonly without: string
}

/** The verifier of these sources with one guard taken out; nothing in the sources is changed. */
export async function verifierWithout({
  name,
  file,
  guard,
  without,
}: PlantedHole): Promise<Library> {
  const source = readFileSync(join(root, file), 'utf8')
  if (source.split(guard).length !== 2) {
    throw new TypeError(`${file} does not have, exactly once, the guard: ${guard}`)
  }
  const folder = join(root, 'build/fuzz')
  mkdirSync(folder, { recursive: true })
  const outfile = join(folder, `${name}-${process.pid}.mjs`)
  await build({
    entryPoints: [join(root, 'verifier/index.ts')],
    tsconfig: join(root, 'tsconfig.json'),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    outfile,
    plugins: [
      {
        name: 'planted hole',
        setup({ onLoad }) {
          onLoad({ filter: /\.ts$/ }, ({ path }) =>
            path === join(root, file)
              ? { contents: source.replace(guard, () => without), loader: 'ts' }
              : null,
          )
        },
      },
    ],
  })
  try {
    return await import(pathToFileURL(outfile).href)
  } finally {
    rmSync(outfile)
  }
}
