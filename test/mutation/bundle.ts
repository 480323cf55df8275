import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))

/**
 * The tests with everything of this repository that they import, as one program (`tests.mjs`), and
 * the program that runs them (`worker.mjs`). Each file still knows where it stands.
 */
export async function bundleTests(
  root: string,
  tests: readonly string[],
  texts: ReadonlyMap<string, string>,
  work: string,
): Promise<void> {
  const shared = {
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
    absWorkingDir: root,
    tsconfig: join(root, 'tsconfig.json'),
    keepNames: true,
  } as const
  await build({
    ...shared,
    stdin: {
      contents: tests.map((test) => `import ${JSON.stringify(`./${test}`)}`).join('\n'),
      resolveDir: root,
    },
    outfile: join(work, 'tests.mjs'),
    plugins: [
      {
        name: 'mutants',
        setup({ onLoad }) {
          onLoad({ filter: /\.m?ts$/, namespace: 'file' }, ({ path }) => ({
            contents: (texts.get(path) ?? readFileSync(path, 'utf8')).replaceAll(
              'import.meta.url',
              JSON.stringify(pathToFileURL(path).href),
            ),
            loader: 'ts',
          }))
        },
      },
    ],
  })
  await build({
    ...shared,
    entryPoints: [join(here, 'worker.ts')],
    outfile: join(work, 'worker.mjs'),
  })
}
