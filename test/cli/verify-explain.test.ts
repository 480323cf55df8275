import assert from 'node:assert/strict'
import { ENGAGEMENT } from '../support/consortium/attested.ts'
import { type BuyerFolder, buyerFolder } from './support/buyer-folder.ts'
import { runCli } from './support/run-cli.ts'

describe('battery-passport verify --explain', () => {
  let folder: BuyerFolder
  let policy: string
  let presentation: string

  before(async () => {
    folder = await buyerFolder()
    policy = folder.at('policy.json')
    presentation = await folder.present('presentation.json')
  })
  after(() => folder.remove())

  const verify = (file: string, ...more: string[]) =>
    runCli(['verify', file, '--policy', policy, ...more])
  const words = (report: string) => report.replace(/\s+/g, ' ')
  /** A part of the report by its title. */
  const part = (report: string, title: string) => {
    const from = report.indexOf(`\n${title}\n`)
    assert.notEqual(from, -1, `${title} in\n${report}`)
    const rest = report.slice(from + 1)
    const end = rest.search(/\n\n(?=\S)/)
    return end === -1 ? rest : rest.slice(0, end)
  }

  it('draws the accepted score down to the answer, its credential and its place', async () => {
    const { code, out } = await verify(presentation, '--explain')
    assert.equal(code, 0)
    const tree = part(out, 'Where the score comes from')
    assert.match(tree, /^ {2}greenhouse-gas 1\.0\.0: \d+\.\d\d to \d+\.\d\d, weight 20\.00 %$/m)
    assert.match(tree, /^ {4}mining: .*\n {6}lithium: /m)
    const text = words(tree)
    const [first] = folder.consortium.attestations
    assert.ok(first)
    const [row] = folder.consortium.supplyChain
    const facility = `${row?.facility}: 90.76 to 90.77, share 100.00 % (/credentialSubject/supplyChain/0), by ${first.id}`
    assert.ok(text.includes(facility), facility)
    assert.match(text, /ghg\.inventory: 100\.00 for true, reasonable assurance, \/cred/)
    assert.match(text, /ghg\.renewable-electricity: 100\.00 for 90 %, reasonable assurance, \/cred/)
  })

  it('tells the answers of one credential once', async () => {
    const { out } = await verify(presentation, '--explain')
    const tree = part(out, 'Where the score comes from')
    assert.match(tree, /\n {8}urn:.*\n.*\n.*\n {10}by the same answers as for lithium mining\n/)
    assert.doesNotMatch(part(out, 'Chain'), /by the same answers/)
  })

  it('draws as far down as --depth says', async () => {
    const lines = async (depth: string) => {
      const { out } = await verify(presentation, '--explain', '--depth', depth)
      return part(out, 'Where the score comes from').split('\n').length
    }
    const depths = ['rulebooks', 'stages', 'materials', 'facilities', 'indicators']
    const counts: number[] = []
    for (const depth of depths) counts.push(await lines(depth))
    assert.deepEqual(
      [...counts].sort((a, b) => a - b),
      counts,
    )
    assert.equal(new Set(counts).size, depths.length)
  })

  it('changes nothing of what a script reads', async () => {
    const plain = await verify(presentation, '--json')
    const explained = await verify(presentation, '--json', '--explain')
    assert.deepEqual(explained, plain)
  })

  it('is at most 100 columns wide', async () => {
    const { out } = await verify(presentation, '--explain')
    for (const line of out.split('\n')) assert.ok([...line].length <= 100, line)
  })

  it('is not there unless it is asked for', async () => {
    const { out } = await verify(presentation)
    assert.doesNotMatch(out, /Where the score comes from/)
  })

  it('refuses a depth of nothing, and one there is not', async () => {
    const alone = await verify(presentation, '--depth', 'stages')
    assert.equal(alone.code, 64)
    assert.match(alone.err, /expected: --explain with it/)
    const unknown = await verify(presentation, '--explain', '--depth', 'facility')
    assert.equal(unknown.code, 64)
    assert.match(unknown.err, /Did you mean facilities\?/)
    const bulk = await runCli(['verify', '--bulk', '-', '--policy', policy, '--explain'])
    assert.equal(bulk.code, 64)
    assert.match(bulk.err, /A delivery is not explained\./)
  })

  describe('of a passport that is not accepted', () => {
    it('tells what stands in the way, credential by credential', async () => {
      const { consortium } = folder
      const [spec, other] = consortium.specs
      assert.ok(spec && other)
      const adverse = await consortium.attestation(spec, {
        subject: { engagement: { ...ENGAGEMENT, conclusion: 'adverse' } },
      })
      const open = await consortium.attestation(other, {
        subject: {
          engagement: {
            ...ENGAGEMENT,
            findings: [{ id: 'F1', severity: 'major', description: 'Open' }],
          },
        },
      })
      const attestations = [adverse, open, ...consortium.attestations.slice(2)]
      const passport = await consortium.passport({}, { attestations })
      const file = await folder.present('two.json', { passport, attestations })
      const { code, out } = await verify(file, '--explain')
      assert.equal(code, 1)
      const text = part(out, 'What stands in the way')
      const groups = text.split('\n\n').slice(0, 2).map(words)
      assert.match(groups[0] ?? '', new RegExp(`${adverse.id}.*by Climate Assurance Ltd`))
      assert.match(groups[0] ?? '', /\/verifiableCredential\/1 of the input error CONCLUSION_NOT/)
      assert.match(groups[1] ?? '', new RegExp(open.id))
      assert.match(groups[1] ?? '', / error OPEN_FINDING: /)
      for (const group of groups) {
        assert.match(group, /what: \S.* where: \/cred\S+ expected: \S.* found: \S.* to do: \S/)
        assert.match(group, /who: \S/)
      }
      assert.doesNotMatch(groups[0] ?? '', /OPEN_FINDING/)
      assert.doesNotMatch(text, / note /)
      assert.match(part(out, 'Other findings'), /note ILLUSTRATIVE/)
      assert.doesNotMatch(out, /Where the score comes from/)
      assert.match(words(out), /"battery-passport explain" shows what follows/)
    })

    it('tells of one that is open what is missing, and those alike together', async () => {
      const file = await folder.present('listless.json', {
        omit: ({ type, id }) => type === 'BitstringStatusListCredential' && id.includes('social'),
      })
      const { code, out } = await verify(file, '--explain')
      assert.equal(code, 2)
      const text = part(out, 'What stands in the way')
      assert.equal(text.match(/unknown STATUS_UNREACHABLE/g)?.length, 2)
      assert.ok((text.match(/socialbody\.example\/attestations/g)?.length ?? 0) > 2)
      assert.match(text, /and \d+ more; --json names every one/)
    })

    it('tells errors before what is open', async () => {
      const file = await folder.present('both.json', {
        omit: ({ type, id }) =>
          type === 'BitstringStatusListCredential' && id.includes('packmaker'),
      })
      const another = ['--expect-subject', 'https://id.example/another']
      const { out } = await verify(file, '--explain', ...another)
      const text = part(out, 'What stands in the way')
      assert.ok(text.indexOf('error ') !== -1 && text.indexOf('unknown ') !== -1)
      assert.ok(text.indexOf('error ') < text.indexOf('unknown '))
    })

    it('tells of bytes that are no credential', async () => {
      const file = await folder.write('bytes', 'not JSON')
      const { code, out } = await verify(file, '--explain')
      assert.equal(code, 1)
      assert.match(
        part(out, 'What stands in the way'),
        /the verification as a whole\n {2}error JSON/,
      )
    })
  })
})
