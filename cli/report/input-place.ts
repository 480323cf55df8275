/** The name of the added file with that number. */
type FileOf = (index: number) => string | undefined

/** Where something stands that is about the input as a whole: an added file by its name. */
export function inputPlace(pointer: string, fileOf: FileOf): string {
  const file = addedFile(pointer, fileOf)
  if (file !== undefined) return `${file} ${pointer.replace(/^\/with\/\d+/, '')}`.trimEnd()
  return pointer === '' ? 'the verification as a whole' : `${pointer} of the input`
}

/** The added file that a pointer leads into; none when it leads into the input itself. */
export function addedFile(pointer: string, fileOf: FileOf): string | undefined {
  const match = /^\/with\/(\d+)/.exec(pointer)
  return match === null ? undefined : fileOf(Number(match[1]))
}
