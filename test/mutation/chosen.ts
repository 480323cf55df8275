import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'

/** What makes a file of `generated/`, only re-exports, or is only a type. */
const NOT_MUTATED = /(^|\/)(generate|index\.ts$)|\.d\.ts$|\/(dist|generated)\//

/** Run what is built, on a thread or in a process of its own, where no mutant is. */
const NOT_RUN = /(sealed|standalone|thread-program|verifier-threads?|prototype)\.test\.ts$/

/** Long ones, which are only run for the files that they are about. */
const LONG: readonly (readonly [RegExp, RegExp])[] = [
  [
    /\/impact\.test\.ts$/,
    /^verifier\/(?:[a-z]+\/)?(impact|hypothesis|supposed-withdrawal|score-change)\.ts$/,
  ],
  [
    /\/gzip\.test\.ts$/,
    /^verifier\/(?:[a-z]+\/)?(inflate-stream|prefix-code|gzip.*|bitstring)\.ts$/,
  ],
  [
    /\/(memory|remembered).*\.test\.ts$/,
    /^verifier\/(?:[a-z]+\/)?(remembered.*|memory|watched.*|weighted-cache)\.ts$/,
  ],
  [/\/canonical\.test\.ts$/, /^verifier\/(?:[a-z]+\/)?(json|decode.*)\.ts$/],
  [
    /\/verify-many\.test\.ts$/,
    /^verifier\/(?:[a-z]+\/)?(verify-many|thread-delivery|delivery-.*)\.ts$/,
  ],
]

/** Every file of verifier/ and keys/ that does something when it runs. */
export function chosenFiles(root: string): readonly string[] {
  return [...filesIn(root, 'verifier'), ...filesIn(root, 'keys')].filter(
    (file) => file.endsWith('.ts') && !NOT_MUTATED.test(file),
  )
}

/** The tests that can reach some files: those of their package and of the one above, and the corpus. */
export function testsOf(root: string, files: readonly string[]): readonly string[] {
  const folders = ['test/verifier']
  if (files.some((file) => file.startsWith('keys/'))) folders.push('test/keys')
  const all = folders.flatMap((folder) => filesIn(root, folder))
  const chosen = all.filter(
    (test) =>
      test.endsWith('.test.ts') &&
      !NOT_RUN.test(test) &&
      LONG.every(([long, about]) => !long.test(test) || files.some((file) => about.test(file))),
  )
  return [...chosen, 'test/conformance/places.test.ts']
}

function filesIn(root: string, folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort()
}
