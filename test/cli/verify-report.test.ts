import assert from 'node:assert/strict'
import { ENGAGEMENT } from '../support/consortium/attested.ts'
import { type BuyerFolder, buyerFolder } from './support/buyer-folder.ts'
import { runCli } from './support/run-cli.ts'

describe('battery-passport verify, for people', () => {
  let folder: BuyerFolder
  let policy: string
  let presentation: string

  before(async () => {
    folder = await buyerFolder()
    policy = folder.at('policy.json')
    presentation = await folder.present('presentation.json')
  })
  after(() => folder.remove())

  const verify = async (file: string, ...more: string[]) =>
    (await runCli(['verify', file, '--policy', policy, ...more])).out
  /** The report as one line: where it breaks depends on the ids in it. */
  const words = (report: string) => report.replace(/\s+/g, ' ')

  it('begins with ILLUSTRATIVE, then the verdict', async () => {
    const lines = (await verify(presentation)).split('\n').filter((line) => line !== '')
    assert.match(lines[0] ?? '', /^ILLUSTRATIVE: .*no basis for a decision/)
    assert.equal(lines[1], 'ACCEPTED')
  })

  it('shows the score with its interval, grade, coverage, assurance mix and share assurance', async () => {
    const report = await verify(presentation)
    assert.match(report, /^ {2}Score +\d+\.\d\d of 100; up to \d+\.\d\d/m)
    assert.match(report, /^ {2}Grade +[A-E]$/m)
    assert.match(report, /^ {2}Coverage +\d+\.\d\d % of what is asked is known/m)
    assert.match(report, /^ {2}Assurance +\d+\.\d\d % at reasonable, \d+\.\d\d % at limited/m)
    assert.match(report, /^ {2}Shares +none: /m)
  })

  it('shows every rulebook of the method as a row of a table', async () => {
    const report = await verify(presentation)
    for (const { rulebook } of folder.consortium.method.rulebooks) {
      assert.match(report, new RegExp(`^ {2}${rulebook.key} 1\\.0\\.0 +\\d+\\.\\d\\d`, 'm'))
    }
  })

  it('shows the chain as a tree down to the anchor, with each credential’s own result', async () => {
    const report = await verify(presentation)
    assert.match(report, /^ {2}passed {3}passport .*by Pack Maker SE \(fictional\)$/m)
    assert.match(
      report,
      /^ {2}├ passed {3}attestation greenhouse-gas of .*by Climate Assurance Ltd/m,
    )
    assert.match(report, /^ {2}│ └ passed {3}accreditation .*by Accreditation Council/m)
    assert.match(report, /^ {2}│ {3}└ passed {3}accreditation .*by scheme-owner did:/m)
  })

  it('shows apart what nothing rests on', async () => {
    const { consortium } = folder
    const add = await consortium.board.lists(consortium.parties.miner)
    const report = await verify(await folder.present('more.json', { add }))
    assert.match(report, /^ {2}not used:\n {2}unused {3}status list revocations by /m)
  })

  it('says for a finding what is wrong, where, what was expected and found, what to do, and who', async () => {
    const { consortium } = folder
    const [spec] = consortium.specs
    assert.ok(spec)
    const adverse = await consortium.attestation(spec, {
      subject: { engagement: { ...ENGAGEMENT, conclusion: 'adverse' } },
    })
    const attestations = consortium.replacing(adverse)
    const passport = await consortium.passport({}, { attestations })
    const report = await verify(await folder.present('adverse.json', { passport, attestations }))
    assert.match(report, /^REJECTED: 1 error\. No score is accepted\.$/m)
    const finding = report.slice(report.indexOf('error CONCLUSION_NOT_ACCEPTED'))
    assert.match(finding, /^ {4}what: {5}\S/m)
    assert.match(finding, /^ {4}where: {4}\/credentialSubject\/engagement\/conclusion of/m)
    assert.match(finding, /^ {4}expected: unmodified or qualified$/m)
    assert.match(finding, /^ {4}found: {4}adverse$/m)
    assert.match(finding, /^ {4}to do: {4}\S/m)
    assert.match(finding, /^ {4}who: {6}its issuer$/m)
    assert.match(report, /^ {2}├ failed {3}attestation greenhouse-gas/m)
    assert.doesNotMatch(report, /of 100/, 'a rejected passport shows no score')
  })

  it('says that nothing was withdrawn of an acceptance alone, and not when it was rescored', async () => {
    const { consortium } = folder
    const nothing = /nothing it rests on was withdrawn/
    const asOf = /the oldest status list used is of \d{4}-/
    assert.match(words(await verify(presentation)), nothing)
    const [{ id } = { id: '' }] = consortium.attestations
    const lists = await consortium.statusLists({ revoked: [id] })
    const revoked = await folder.present('revoked.json', { lists })
    const rejected = words(await verify(revoked))
    assert.match(rejected, / REJECTED: /)
    assert.match(rejected, asOf)
    assert.doesNotMatch(rejected, nothing)
    const rescoring = await folder.write(
      'rescoring.json',
      consortium.policyDocument({ uncountedAttestation: 'rescore' }),
    )
    const { out } = await runCli(['verify', revoked, '--policy', rescoring])
    assert.match(words(out), / ACCEPTED /)
    assert.match(words(out), asOf)
    assert.doesNotMatch(words(out), nothing)
  })

  it('calls what could not be checked INDETERMINATE, and one finding in many places once', async () => {
    const omit = ({ id }: { readonly id: string }) =>
      id === 'https://climatebody.example/status/suspension'
    const report = await verify(await folder.present('no-list.json', { omit }))
    assert.match(report, /^INDETERMINATE: \d+ open questions\./m)
    assert.equal(report.match(/unknown STATUS_UNREACHABLE/g)?.length, 1)
    assert.match(report, /^ {4}and \d+ more like it:\s+\/\S+\s+of\s+https:/m)
    assert.match(report, /^ {2}├ unknown {2}attestation/m)
  })

  it('shows the findings before the chain, of an accepted passport too', async () => {
    const report = await verify(presentation)
    assert.match(report, /^ACCEPTED$/m)
    const [score, findings, chain] = ['Score', 'Findings', 'Chain'].map((title) =>
      report.indexOf(`\n${title}\n`),
    )
    assert.ok(score && findings && chain)
    assert.ok(score < findings && findings < chain)
  })

  it('buries no error under notes: of one code three are in full, the others by their ids', async () => {
    const { consortium } = folder
    const { miner } = consortium.parties
    const wrong = await folder.write('wrong.json', {
      ...consortium.policyDocument(),
      anchors: [
        {
          did: miner.did,
          role: 'scheme-owner',
          validFrom: '2020-01-01T00:00:00Z',
          validUntil: '2039-12-31T23:59:59Z',
        },
      ],
    })
    const { out } = await runCli(['verify', presentation, '--policy', wrong])
    const errors = Number(/^REJECTED: (\d+) errors/m.exec(out)?.[1])
    assert.ok(errors >= 2)
    const heads = [...out.matchAll(/^ {2}(error|unknown|warning|note) ([A-Z_]+): /gm)]
    const severities = heads.map(([, severity]) => severity)
    assert.deepEqual(
      severities,
      ['error', 'unknown', 'warning', 'note'].flatMap((each) =>
        severities.filter((severity) => severity === each),
      ),
    )
    const lastError = out.slice(out.lastIndexOf('\n  error '))
    const before = out.length - lastError.length
    assert.ok(out.slice(0, before).split('\n').length < 25, 'the errors stand at the top')
    for (const code of new Set(heads.map(([, , code]) => code))) {
      assert.ok(heads.filter(([, , each]) => each === code).length <= 3, code)
    }
    assert.match(out, /^ {4}and \d+ more like it: https:\S+/m)
    const unused = out.slice(out.indexOf('note CREDENTIAL_UNUSED'), out.indexOf('\nChain\n'))
    assert.match(unused, /^ {4}This identity is not used: ANCHOR_UNKNOWN\.\n {4}- identity of/m)
    assert.doesNotMatch(unused, /to do:|where:/)
    assert.equal(out.match(/note CREDENTIAL_UNUSED/g)?.length, 1)
  })

  it('shows a minimum that is not reached in basis points and as the score shows it', async () => {
    const minimums = { overall: { value: 9000, coverage: 9900 } }
    const high = { ...folder.consortium.policyDocument(), minimums }
    const file = await folder.write('high.json', high)
    const { out } = await runCli(['verify', presentation, '--policy', file])
    assert.match(out, /expected: at least 9000 basis points \(90\.00 of 100\)$/m)
    assert.match(out, /expected: at least 9900 basis points \(99\.00 %\)$/m)
    assert.match(out, /found: {4}\d+ basis points \(\d+\.\d\d of 100\)$/m)
  })

  it('says of what the share of the baseline is', async () => {
    const report = (await verify(presentation)).replaceAll(/\s+/g, ' ')
    assert.match(report, /Baseline \d+\.\d\d % of what is asked and applies is a baseline expec/)
  })

  it('names an added file that cannot be read by its name', async () => {
    const file = await folder.write('added.json', '{"type": ["VerifiableCredential"')
    const report = await verify(presentation, '--with', file)
    assert.match(report, /REJECTED/)
    assert.match(report, /JSON_INVALID/)
    assert.ok(report.replaceAll(/\n +/g, '').includes('added.json'))
  })

  it('takes a name only from an identity that holds: anybody can write a famous one', async () => {
    const { consortium } = folder
    const { packMaker } = consortium.parties
    const identity = await consortium.identity(packMaker, {
      subject: { legalName: 'A Famous Carmaker AG' },
      credential: { issuer: packMaker.did },
      signer: packMaker.signer,
    })
    const identities = [...consortium.identities.values()].map((each) =>
      each.id === identity.id ? identity : each,
    )
    const report = await verify(await folder.present('famous.json', { identities }))
    assert.match(report, /REJECTED/)
    assert.doesNotMatch(report, /Famous Carmaker/)
  })

  it('shows names without characters that a terminal obeys or that turn text around', async () => {
    const { consortium } = folder
    const { packMaker } = consortium.parties
    const identity = await consortium.identity(packMaker, {
      subject: { legalName: 'Pack\u009b2J\u202eMaker\u200b SE' },
    })
    const identities = [...consortium.identities.values()].map((each) =>
      each.id === identity.id ? identity : each,
    )
    const report = await verify(await folder.present('escape.json', { identities }))
    assert.match(report, /ACCEPTED/)
    assert.match(report, /Pack\ufffd2J\ufffdMaker\ufffd SE/)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they must not be there
    assert.doesNotMatch(report, /[\u0000-\u0009\u000b-\u001f\u0080-\u009f\u200b\u202e]/)
  })

  it('is at most 100 columns wide', async () => {
    const { out } = await runCli(['verify', presentation, '--policy', policy])
    for (const line of out.split('\n')) assert.ok([...line].length <= 100, line)
  })

  it('is coloured on a terminal that wants it, and nowhere else', async () => {
    const argv = ['verify', presentation, '--policy', policy]
    const plain = await runCli(argv)
    const coloured = await runCli(argv, { colour: true })
    assert.ok(!plain.out.includes('\u001b'))
    assert.ok(coloured.out.includes('\u001b[32m'))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the colours
    assert.equal(coloured.out.replaceAll(/\u001b\[\d+m/g, ''), plain.out)
    const json = await runCli([...argv, '--json'], { colour: true })
    assert.ok(!json.out.includes('\u001b'))
  })
})
