import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { Method, Rulebook } from '../../rulebooks/rulebook.ts'
import { guideParts } from './support/guide-parts.ts'
import { type Workshop, workshop } from './support/workshop.ts'

const GUIDE = fileURLToPath(new URL('../../docs/own-rulebook.md', import.meta.url))

describe('docs/own-rulebook.md', () => {
  let room: Workshop
  let guide: string
  const home = process.cwd()
  before(async () => {
    room = await workshop()
    guide = await readFile(GUIDE, 'utf8')
    process.chdir(room.path)
  })
  after(async () => {
    process.chdir(home)
    await room.remove()
  })

  it('shows a rulebook, and a method that pins it, which are in order', async () => {
    const { files, calls } = guideParts(guide)
    assert.deepEqual([files.size, calls.length], [2, 2])
    for (const [name, content] of files) await room.write(name, content)
    for (const call of calls) await room.must(call.split(' ').slice(1))
  })

  it('shows a method that does not fit another rulebook', async () => {
    const { files } = guideParts(guide)
    const [[name = '', content = ''] = []] = files
    await room.write(name, content.replace('"weight": 4000', '"weight": 4001'))
    const check = (file: string) => room.run(['rulebooks', 'check', file, '--rulebooks', 'scheme'])
    assert.equal((await check('scheme/river-water.json')).code, 1)
    await room.write(name, content.replace('"An example."', '"Another example."'))
    assert.match((await check('scheme/river.json')).err, /pins its rulebooks by the digest/)
    await room.write(name, content)
  })

  it('names every member of a rulebook, an indicator and a method', () => {
    const [rulebook, method] = guide.split('## The method')
    const named = (text: string | undefined, names: object) => {
      for (const name of Object.keys(names)) {
        assert.match(text ?? '', new RegExp(`^\\| [^|]*\`${name}\``, 'm'), name)
      }
    }
    const { indicators, ...members } = Rulebook.properties
    named(rulebook, members)
    named(rulebook, indicators.items.properties)
    named(method, Method.properties)
  })
})
