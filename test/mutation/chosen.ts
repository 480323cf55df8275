import { readdirSync } from 'node:fs'
import { join, relative } from 'node:path'

/**
 * What makes a file of `generated/`, only re-exports, or is only a type; the lines with which a
 * thread begins, where no mutant is: what it does is in answer-requests.ts; and what takes the place
 * of a file in a browser, which test/browser runs there.
 */
const NOT_MUTATED =
  /(^|\/)(generate|index\.ts$)|\.d\.ts$|-browser\.ts$|\/(dist|generated)\/|^verifier\/delivery\/thread\.ts$/

/** Run what is built, on a thread or in a process of its own, where no mutant is. */
const NOT_RUN = /(sealed|standalone|thread-program|prototype)\.test\.ts$/

/** Values that nothing reads but the programs that generate, and what says what they generate. */
const GENERATED_FROM =
  /^verifier\/(findings\/finding-(kinds?|schema)|policy\/policy-schema|verdict-schema|schemas)\.ts$/
const GENERATED_TITLE = /^the generated files of the verifier/

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
  // With threads of what is built, asked by what is not: `npm run build` comes before.
  [
    /\/verifier-threads?\.test\.ts$/,
    /^verifier\/delivery\/(thread-delivery|verifier-threads?)\.ts$/,
  ],
  [/\/generated\.test\.ts$/, GENERATED_FROM],
]

/** Every file of verifier/ and keys/ that does something when it runs. */
export function chosenFiles(root: string): readonly string[] {
  return [...filesIn(root, 'verifier'), ...filesIn(root, 'keys')].filter(
    (file) => file.endsWith('.ts') && !NOT_MUTATED.test(file),
  )
}

/** The files that a path names: itself, or those of the folder. */
export function filesOf(root: string, path: string): readonly string[] {
  const folder = path.replace(/\/*$/, '/')
  const inFolder = chosenFiles(root).filter((file) => file.startsWith(folder))
  return inFolder.length > 0 ? inFolder : [path]
}

/** Whether a test is made for what a file says, so that it is asked before any other. */
export function isFirst(file: string, title: string): boolean {
  return GENERATED_FROM.test(file) && GENERATED_TITLE.test(title)
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
