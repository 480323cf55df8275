import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { SUPPLY_CHAIN_COLUMNS } from '../../cli/tables/supply-chain-table.ts'
import { BatteryDescription, IssueRequest } from '../../issuer/issue-request.ts'
import { guideParts } from './support/guide-parts.ts'
import { chainFiles, serviceOptions, signChain } from './support/open-service.ts'
import { parseJson } from './support/parse-json.ts'
import { type Serving, serving } from './support/serving.ts'
import { type Workshop, workshop } from './support/workshop.ts'

const GUIDE = fileURLToPath(new URL('../../docs/issuing.md', import.meta.url))

describe('docs/issuing.md', () => {
  let room: Workshop
  let service: Serving
  let guide: string
  const home = process.cwd()
  before(async () => {
    guide = await readFile(GUIDE, 'utf8')
    room = await workshop()
    await signChain(room)
    service = await serving([...serviceOptions(room), '--init'])
    process.chdir(room.path)
  })
  after(async () => {
    process.chdir(home)
    assert.equal(await service.stop(), 0)
    await room.remove()
  })

  it('works from its first line to its last', async () => {
    const { files, calls } = guideParts(guide)
    assert.ok(files.size >= 5 && calls.length >= 9)
    const [file = ''] = chainFiles(room)
    const attestation = String(parseJson(await readFile(file, 'utf8')).id)
    for (const [name, content] of files) {
      await room.write(name, content.replace('"ATTESTATION"', JSON.stringify(attestation)))
    }
    for (const call of calls) {
      const argv = [...call.matchAll(/"([^"]*)"|(\S+)/g)].map(
        ([, quoted, plain]) => quoted ?? plain,
      )
      const words = argv.slice(1).map((word = '') => word.replace(/^http:.*/, service.url))
      if (words.at(-1) === 'PASSPORT') {
        const passport = parseJson(await readFile('model-80/passport.json', 'utf8'))
        words.splice(-1, 1, String(passport.id))
      }
      const { err } = await room.must(words)
      assert.doesNotMatch(err, /warning/, call)
    }
    await readFile('items/item-2.presentation.json')
  })

  it('names every member of a request and every column of a supply chain', () => {
    const { battery: _, ...members } = IssueRequest.properties
    for (const name of [...Object.keys(members), ...Object.values(SUPPLY_CHAIN_COLUMNS).flat()]) {
      assert.match(guide, new RegExp(`^\\| [^|]*\`${name}\``, 'm'), name)
    }
    const [item] = [...Object(BatteryDescription).oneOf]
    for (const name of Object.keys(item.properties)) {
      assert.match(guide, new RegExp(`^\\| [^|]*\`battery\\.${name}\``, 'm'), name)
    }
  })
})
