import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { CONCLUSIONS, ENGAGEMENT_TYPES } from '@battery-passport/contexts'
import { EngagementForm } from '../../cli/forms/engagement.ts'
import { RESULT_COLUMNS } from '../../cli/tables/results-table.ts'
import { guideParts } from './support/guide-parts.ts'
import { parseJson } from './support/parse-json.ts'
import { type Workshop, workshop } from './support/workshop.ts'

const GUIDE = fileURLToPath(new URL('../../docs/attesting.md', import.meta.url))

describe('docs/attesting.md', () => {
  let room: Workshop
  const home = process.cwd()
  before(async () => {
    room = await workshop()
    process.chdir(room.path)
  })
  after(async () => {
    process.chdir(home)
    await room.remove()
  })

  it('works from its first line to its last', async () => {
    const { files, calls } = guideParts(await readFile(GUIDE, 'utf8'))
    assert.ok(files.size >= 6 && calls.length >= 8)
    for (const [name, content] of files) {
      const text = content
        .replace('"MAKER"', JSON.stringify(room.did.maker))
        .replace('"MINER"', JSON.stringify(room.did.miner))
        .replace('"COUNCIL"', JSON.stringify(room.did.council))
        .replace('"CLIMATE"', JSON.stringify(room.did.climate))
      await room.write(name, text)
    }
    await room.write('evidence/inventory.txt', 'fictional\n')
    await room.write('evidence/meter readings.csv', 'fictional\n')
    await room.write('evidence/footprint.txt', 'fictional, and of the battery\n')
    let attestation = ''
    for (const call of calls) {
      const argv = [...call.matchAll(/"([^"]*)"|(\S+)/g)]
        .map(([, quoted, plain]) => quoted ?? plain ?? '')
        .map((word) => (word === 'ATTESTATION' ? attestation : word))
        .slice(1)
      // The workshop has the keys already, under the same names.
      if (argv[0] === 'keys' && argv[1] === 'new') argv[argv.length - 1] = 'another.key.json'
      const isAttest = argv[0] === 'attest'
      const { out } = await room.must(isAttest ? [...argv, '--json'] : argv)
      if (isAttest && !argv.includes('--dry-run'))
        attestation = [...Object(parseJson(out).attestations)][0].id
    }
  })

  it('shows results in JSON that are taken like those in CSV', async () => {
    await room.must([
      ...['attest', ...room.desk('climate'), '--accreditation', 'climate.accreditation.json'],
      ...['--engagement', 'refinery.engagement.json', '--results', 'refinery.results.json'],
      ...['--evidence', 'evidence', '--dry-run'],
    ])
  })

  it('names every member of an engagement', async () => {
    const guide = await readFile(GUIDE, 'utf8')
    const table = guide.slice(
      guide.indexOf('| member |'),
      guide.indexOf('A battery is attested as'),
    )
    const {
      $comment: _,
      id: __,
      name: ___,
      description: ____,
      ...members
    } = EngagementForm.properties
    for (const name of [...Object.keys(members), ...Object.keys(members.engagement.properties)]) {
      assert.match(table, new RegExp(`\`(?:engagement\\.)?${name}\``), name)
    }
    for (const value of [...CONCLUSIONS, ...ENGAGEMENT_TYPES]) {
      assert.ok(table.includes(`\`${value}\``), value)
    }
  })

  it('names every column of a table of results', async () => {
    const guide = await readFile(GUIDE, 'utf8')
    for (const column of [...RESULT_COLUMNS.required, ...RESULT_COLUMNS.optional]) {
      assert.match(guide, new RegExp(`^\\| .*\`${column}\``, 'm'))
    }
  })
})
