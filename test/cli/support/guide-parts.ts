/** The files and the calls of the guide, in its order. */
export function guideParts(guide: string): {
  readonly files: Map<string, string>
  readonly calls: string[]
} {
  const files = new Map<string, string>()
  for (const [, name = '', content = ''] of guide.matchAll(
    /<!-- file: (\S+) -->\n```\w+\n([\s\S]*?)```/g,
  )) {
    files.set(name, content)
  }
  const shell = [...guide.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text = '']) => text)
  const calls = shell
    .flatMap((text) => text.replaceAll(/\\\n\s*/g, '').split('\n'))
    .filter((line) => line.startsWith('battery-passport '))
  return { files, calls }
}
