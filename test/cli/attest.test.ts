import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { digestMultibase } from '@battery-passport/contexts'
import { decodeInput, isOfType } from '@battery-passport/verifier'
import { accreditationForm, engagementForm, layOutPapers, RESULTS } from './support/papers.ts'
import { parseJson } from './support/parse-json.ts'
import { REFINERY, type Workshop, workshop } from './support/workshop.ts'

const BASE = ['--status-base', 'https://climate.example/status']
const HEADER = RESULTS.split('\n')[0] ?? ''
const NAME = '9506000.22202.0.greenhouse-gas.2025-12-31.json'

interface UncountedLine {
  readonly answers: readonly {
    readonly indicator: string
    readonly reason: string
    readonly where: string
  }[]
  readonly unanswered: readonly string[]
}

/** What the one attestation of a call will not count. */
function uncountedIn(out: string): UncountedLine {
  const printed: { readonly attestations: readonly { readonly uncounted: UncountedLine }[] } =
    JSON.parse(out)
  const [first] = printed.attestations
  assert.ok(first)
  return first.uncounted
}

describe('battery-passport attest', () => {
  let room: Workshop
  before(async () => {
    room = await workshop()
    await layOutPapers(room)
    await room.must([
      'accredit',
      ...room.desk('council'),
      ...['--status-base', 'https://council.example/status'],
      ...['--in', room.at('accreditation.json'), '--out', room.at('climate.accreditation.json')],
    ])
  })
  after(() => room.remove())

  let count = 0
  /** A new folder for outputs, and a desk beside it. */
  const places = () => {
    count += 1
    return { out: room.at(`out-${count}`), desk: room.at(`desk-${count}`) }
  }
  const attest = async (argv: readonly string[], at = places()) => {
    const answer = await room.run([
      'attest',
      ...['--key', room.at('climate.key.json'), '--desk', at.desk, ...BASE],
      ...['--accreditation', room.at('climate.accreditation.json')],
      ...['--out', at.out],
      ...argv,
    ])
    const flat = answer.err.replaceAll(/\s+/g, ' ')
    return { ...answer, folder: at.out, desk: at.desk, flat }
  }
  const pair = (results: string, engagement = room.at('refinery.engagement.json')) => [
    ...['--engagement', engagement, '--results', results, '--evidence', room.at('evidence')],
  ]
  /** The one attestation of a folder. */
  const attestationIn = async (path: string) => {
    const [name = '', ...more] = await readdir(path)
    assert.deepEqual(more, [])
    const [document] = decodeInput(await readFile(`${path}/${name}`)).documents
    assert.ok(document?.ok && isOfType(document.secured, 'RulebookAttestation'))
    return document.secured
  }
  /** Nothing was signed, written, or made. */
  const nothing = (answer: Awaited<ReturnType<typeof attest>>) => {
    const { code, out, folder, desk } = answer
    assert.equal(code, 1)
    assert.equal(out, '')
    assert.equal(existsSync(folder), false)
    assert.equal(existsSync(desk), false)
  }

  it('signs CSV results with the digests of their evidence, and says what it signed', async () => {
    const answer = await room.run([
      ...['attest', '--key', room.at('climate.key.json'), '--desk', room.at('climate'), ...BASE],
      ...['--accreditation', room.at('climate.accreditation.json')],
      ...pair(room.at('refinery.results.csv')),
      ...['--out', room.at('attestations')],
    ])
    assert.equal(answer.code, 0, answer.err)
    assert.match(answer.out, /Signed 1 attestation as did:key/)
    assert.match(answer.out, /2 assessed, 1 not-assessed/)
    assert.match(answer.out, new RegExp(NAME))
    const { credential } = await attestationIn(room.at('attestations'))
    const { credentialSubject: subject } = credential
    assert.equal(subject.id, REFINERY)
    const digests = await Promise.all(
      ['inventory.txt', 'readings.csv'].map(async (name) =>
        digestMultibase(await readFile(room.at('evidence', name))),
      ),
    )
    assert.deepEqual(
      subject.evidenceFiles.map((file) => file.digestMultibase),
      digests,
    )
    const [listed, found] = subject.evidenceFiles
    assert.deepEqual(listed?.covers, [REFINERY])
    assert.equal(found?.mediaType, 'text/csv')
    assert.equal(found?.accessClass, 'assurance-body')
    assert.equal(found?.holder, room.did.climate)
    const [inventory, intensity] = subject.results
    assert.ok(inventory && 'evidenceIds' in inventory && intensity && 'evidenceIds' in intensity)
    assert.deepEqual(inventory.evidenceIds, [listed?.id])
    assert.deepEqual(intensity.evidenceIds, [listed?.id, found?.id])
  })

  it('reads the same results from JSON', async () => {
    const results = [
      {
        indicator: 'ghg.inventory',
        answer: 'assessed',
        value: 'true',
        assuranceLevel: 'reasonable',
        evidence: ['E1'],
      },
      { indicator: 'ghg.dual-reporting', answer: 'not-assessed' },
    ]
    for (const content of [results, { results }]) {
      const file = await room.write('results.json', content)
      const { code, err, folder } = await attest(pair(file))
      assert.equal(code, 0, err)
      const { results: signed } = (await attestationIn(folder)).credential.credentialSubject
      assert.deepEqual(
        signed.map(({ indicator, answer }) => [indicator, answer]),
        [
          ['ghg.inventory', 'assessed'],
          ['ghg.dual-reporting', 'not-assessed'],
        ],
      )
    }
  })

  it('names every fault of a table at once, with rows as a spreadsheet numbers them', async () => {
    const file = await room.write(
      'bad.csv',
      [
        HEADER.replaceAll(',', ';'),
        'ghg.inventory;assessed;yes;;;reasonable;;;;E1',
        'ghg.inventry;assessed;true;;;reasonable;;;;E1',
        '',
        'ghg.intensity-ratio;assessed;61,3;kg;;reasonable;;;;E9',
        'ghg.dual-reporting;not-assessed;true;;;;;;;',
        'ghg.target;assessed;true;;;limitd;;;;E1',
        'ghg.cell-energy;assessed;20;kWh/kWh;;limited;;;;E1',
        'ghg.inventory;assessed;true;;;limited;;;;E1',
      ].join('\n'),
    )
    const answer = await attest(pair(file))
    nothing(answer)
    for (const place of [
      'row 2, column value',
      'row 3, column indicator',
      'row 5, column value',
      'row 5, column unit',
      'row 5, column evidence',
      'row 6, column value',
      'row 7, column assuranceLevel',
      'row 8, column indicator',
      'row 9, column indicator',
    ]) {
      assert.ok(answer.flat.includes(`bad.csv, ${place}`), place)
    }
    assert.match(answer.flat, /Write 61\.3 if that is meant/)
    assert.match(answer.flat, /Did you mean "limited"\?/)
    assert.match(answer.flat, /has no value\.[^!]*expected: an empty cell found: "true"/)
    assert.match(answer.flat, /answered twice[^!]*bad\.csv, row 2/)
    assert.match(answer.err, /Nothing was signed/)
  })

  it('names every fault of JSON results with its pointer', async () => {
    const file = await room.write('bad.json', {
      results: [
        {
          indicator: 'ghg.inventory',
          answer: 'assessed',
          value: 'maybe',
          assuranceLevel: 'limited',
        },
        { indicator: 'ghg.target', answer: 'assessed', assuranceLevel: 'limited', note: 'x' },
      ],
    })
    const answer = await attest(pair(file))
    nothing(answer)
    for (const pointer of ['/results/0/value', '/results/1/value', '/results/1/note']) {
      assert.ok(answer.flat.includes(`bad.json ${pointer}`), pointer)
    }
    assert.match(
      answer.flat,
      /1\/note expected: one of indicator, answer, value, unit, uncertainty/,
    )
    const none = await attest(pair(await room.write('none.json', { results: 'x' })))
    nothing(none)
    assert.match(none.flat, /These are no results/)
  })

  it('understands a byte order mark and semicolons, and names a missing column', async () => {
    const semicolons = RESULTS.replaceAll(',', ';')
    const marked = Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(semicolons)])
    assert.equal((await attest(pair(await room.write('marked.csv', marked)))).code, 0)
    const file = await room.write('missing.csv', RESULTS.replace('assuranceLevel,', ''))
    const answer = await attest(pair(file))
    nothing(answer)
    assert.match(answer.flat, /Column assuranceLevel is missing\. where: \S+missing\.csv, row 1/)
  })

  it('names a fault of the engagement in its file: dates, period, boundary, rulebook version', async () => {
    const form = engagementForm(room.did.miner)
    const { boundary: _, ...unbounded } = form
    for (const [content, where, message] of [
      [
        { ...form, rulebook: { key: 'greenhouse-gas', version: '2.0.0' } },
        '/rulebook',
        /version 1\.0\.0/,
      ],
      [
        { ...form, engagement: { ...form.engagement, statementDate: '2025-06-01' } },
        '/engagement/statementDate',
        /STATEMENT_DATE/,
      ],
      [{ ...form, period: { from: '2025-11-01', until: '2025-12-31' } }, '/period', /PERIOD/],
      [{ ...form, validUntil: '2031-01-01T00:00:00Z' }, '/validUntil', /PERIOD/],
      [unbounded, '/boundary', /how much of the facility/],
      [{ ...form, bondary: 1 }, '/bondary', /form of an engagement/],
      [
        { ...form, subject: { ...form.subject, operator: room.did.climate } },
        '/subject/operator',
        /NOT_INDEPENDENT/,
      ],
    ] as const) {
      const file = await room.write('bad.engagement.json', content)
      const answer = await attest(pair(room.at('refinery.results.csv'), file))
      nothing(answer)
      assert.match(answer.flat, message)
      assert.ok(answer.flat.includes(`bad.engagement.json ${where} `), `${where}: ${answer.err}`)
    }
  })

  it('names a misspelt stage, or results for another rulebook, once', async () => {
    const form = engagementForm(room.did.miner)
    const activities = [{ stage: 'refning', material: 'nickel' }]
    const engagement = await room.write('stage.engagement.json', {
      ...form,
      subject: { ...form.subject, activities },
    })
    const stage = await attest(pair(room.at('refinery.results.csv'), engagement))
    nothing(stage)
    assert.match(
      stage.flat,
      /stage "refning"\. where: \S+ \/subject\/activities\/0\/stage [^!]* Write refining if/,
    )
    assert.equal(stage.err.match(/^error:/gm)?.length, 2)
    for (const [extra, code] of [
      ['packing-house', 0],
      ['pack', 0],
      ['minning', 1],
    ] as const) {
      const both = await room.write('both.engagement.json', {
        ...form,
        subject: { ...form.subject, activities: [...form.subject.activities, { stage: extra }] },
      })
      const dry = [...pair(room.at('refinery.results.csv'), both), '--dry-run']
      assert.equal((await attest(dry)).code, code, extra)
    }
    const strange = await room.write('strange.engagement.json', {
      ...form,
      subject: {
        ...form.subject,
        activities: [...form.subject.activities, { stage: 'packing-house' }],
      },
    })
    const warned = await attest([...pair(room.at('refinery.results.csv'), strange), '--dry-run'])
    assert.match(
      warned.flat,
      /warning: [^!]*"packing-house"\. where: \S+ \/subject\/activities\/1\/stage/,
    )
    const file = await room.write('another.csv', RESULTS.replaceAll('ghg.', 'water.'))
    const another = await attest(pair(file))
    nothing(another)
    assert.match(another.flat, /results for another rulebook than greenhouse-gas 1\.0\.0/)
    assert.equal(another.err.match(/^error:/gm)?.length, 2)
  })

  it('names a misspelt material, and warns of one that no method at hand counts', async () => {
    const form = engagementForm(room.did.miner)
    const doing = async (material: string | undefined) => {
      const activity = { stage: 'refining', ...(material === undefined ? {} : { material }) }
      const engagement = await room.write('material.engagement.json', {
        ...form,
        subject: { ...form.subject, activities: [activity] },
      })
      return attest([...pair(room.at('refinery.results.csv'), engagement), '--dry-run'])
    }
    const place = /material\.engagement\.json \/subject\/activities\/0\/material/
    const misspelt = await doing('nickle')
    nothing(misspelt)
    assert.match(misspelt.flat, place)
    assert.match(misspelt.flat, /expected: one of lithium, .* found: nickle to do: Write nickel if/)
    for (const other of ['unobtainium', undefined]) {
      const warned = await doing(other)
      assert.equal(warned.code, 0, warned.err)
      assert.match(warned.flat, /^warning: No method at hand counts refining/)
      assert.match(warned.flat, place)
    }
    assert.doesNotMatch((await doing('nickel')).err, /warning: No method/)
  })

  it('warns of a quantity that is far beyond the bands of its indicator', async () => {
    for (const [value, warns] of [
      ['61300', true],
      ['1400', false],
      ['0.001', false],
    ] as const) {
      const results = await room.write('far.csv', RESULTS.replace('61.3', value))
      const { code, flat } = await attest([...pair(results), '--dry-run'])
      assert.equal(code, 0, flat)
      const warning =
        /warning: The value of ghg\.intensity-ratio [^!]*far\.csv, row 3, column value expected: [^:]* limit is 140 % found: 61300 %/
      assert.equal(warning.test(flat), warns, flat)
      assert.equal(/warning: The value/.test(flat), warns)
    }
  })

  it('names the faults of engagement and results together', async () => {
    const form = engagementForm(room.did.miner)
    const engagement = await room.write('bad.engagement.json', {
      ...form,
      period: { from: '2025-11-01', until: '2025-12-31' },
    })
    const results = await room.write('bad.csv', RESULTS.replace('true', 'maybe'))
    const answer = await attest(pair(results, engagement))
    nothing(answer)
    assert.match(answer.flat, /bad\.engagement\.json \/period/)
    assert.match(answer.flat, /bad\.csv, row 2, column value/)
  })

  it('refuses evidence that is named but not given, and given but missing', async () => {
    const form = engagementForm(room.did.miner)
    const engagement = await room.write('lost.engagement.json', {
      ...form,
      evidence: [
        ...form.evidence,
        { file: 'lost.pdf' },
        { file: '../outside.txt' },
        { file: 'inventory.txt' },
      ],
    })
    const results = await room.write('bad.csv', RESULTS.replace('readings.csv', 'reading.csv'))
    const answer = await attest(pair(results, engagement))
    nothing(answer)
    assert.match(answer.flat, /not there\. where: \S+lost\.engagement\.json \/evidence\/1/)
    assert.match(answer.flat, /outside the folder of the evidence\. where: \S+ \/evidence\/2/)
    assert.match(answer.flat, /same name\. where: \S+ \/evidence\/3/)
    assert.match(answer.flat, /not given\. where: \S+bad\.csv, row 3, column evidence/)
  })

  it('refuses an accreditation of another body, out of scope, or that is none', async () => {
    const form = accreditationForm(room.did.climate)
    const [entry] = form.subject.scope
    const narrow = {
      ...form,
      subject: { ...form.subject, scope: [{ ...entry, countries: ['CL'] }] },
    }
    const others = { ...form, subject: { ...form.subject, id: room.did.maker } }
    const ended = { ...form, validUntil: '2026-03-14T23:59:59Z' }
    for (const [content, message] of [
      [narrow, /ACCREDITATION_SCOPE\) [^!]* expected: country CL found: country FI /],
      [others, /ISSUER_NOT_AUTHORISED/],
      [ended, /ACCREDITATION_TIME/],
    ] as const) {
      const paper = await room.write('other.json', content)
      const file = room.at('other.accreditation.json')
      const desk = [...room.desk('council'), '--status-base', 'https://council.example/status']
      const argv = ['accredit', ...desk, '--in', paper, '--out', file, '--force']
      await room.must(argv, { at: '2026-01-15T00:00:00Z' })
      const answer = await attest([
        ...pair(room.at('refinery.results.csv')),
        '--accreditation',
        file,
      ])
      nothing(answer)
      assert.match(answer.flat, message)
    }
    const wrong = ['--accreditation', room.at('accreditation.json')]
    const unsigned = await attest([...pair(room.at('refinery.results.csv')), ...wrong])
    nothing(unsigned)
    assert.match(
      unsigned.flat,
      /the form, not the signed credential\. where: \S+accreditation\.json/,
    )
    assert.doesNotMatch(unsigned.err, /@context|proof/)
  })

  it('checks everything and leaves nothing behind with --dry-run', async () => {
    for (const flags of [['--dry-run'], ['--dry-run', '--json']]) {
      const answer = await attest([...pair(room.at('refinery.results.csv')), ...flags])
      assert.equal(answer.code, 0)
      assert.match(answer.out, /dry-?run/i)
      assert.equal(existsSync(answer.folder), false)
      assert.equal(existsSync(answer.desk), false)
    }
    const bad = await room.write('bad.csv', RESULTS.replace('true', 'maybe'))
    nothing(await attest([...pair(bad), '--dry-run']))
  })

  it('says of every answer that will not count why, and what is not answered; and signs', async () => {
    const file = await room.write(
      'thin.csv',
      `${HEADER}\nghg.inventory,assessed,true,,,none,,,,E1\nghg.dual-reporting,assessed,true,,,limited,,,,\n`,
    )
    const dry = await attest([...pair(file), '--dry-run', '--json'])
    assert.equal(dry.code, 0, dry.err)
    const { answers, unanswered } = uncountedIn(dry.out)
    assert.deepEqual(
      answers.map(({ indicator, reason }) => [indicator, reason]),
      [
        ['ghg.inventory', 'below-required-assurance'],
        ['ghg.dual-reporting', 'no-evidence'],
      ],
    )
    assert.match(answers[0]?.where ?? '', /thin\.csv, row 2, column assuranceLevel/)
    assert.match(answers[1]?.where ?? '', /thin\.csv, row 3, column evidence/)
    assert.ok(unanswered.includes('ghg.intensity-ratio'))
    assert.ok(!unanswered.includes('ghg.inventory'))
    assert.ok(!unanswered.includes('ghg.cell-energy'), 'asked at another stage alone')
    const signed = await attest(pair(file))
    assert.equal(signed.code, 0)
    assert.match(signed.flat, /Warning: not all of urn:\S+ will count in a score/)
    assert.match(signed.flat, /ghg\.dual-reporting will count as unknown: it rests on no evidence/)
    assert.match(signed.flat, /Not answered, so unknown as well: [^!]*ghg\.intensity-ratio/)
    const full = await attest([...pair(room.at('refinery.results.csv')), '--dry-run', '--json'])
    assert.deepEqual(uncountedIn(full.out).answers, [])
  })

  it('signs many in one run, or none of them', async () => {
    const form = engagementForm(room.did.miner)
    const other = await room.write('other.engagement.json', {
      ...form,
      subject: { ...form.subject, id: 'urn:epc:id:sgln:9506000.55505.0' },
      evidence: [{ file: 'inventory.txt', key: 'E1' }],
    })
    const bad = await room.write('bad.csv', RESULTS.replace('true', 'maybe'))
    const refused = await attest([
      ...pair(room.at('refinery.results.csv')),
      ...['--engagement', other, '--results', bad],
    ])
    nothing(refused)
    const { code, folder } = await attest([
      ...pair(room.at('refinery.results.csv')),
      ...['--engagement', other, '--results', room.at('refinery.results.csv')],
    ])
    assert.equal(code, 0)
    assert.deepEqual((await readdir(folder)).sort(), [NAME, NAME.replace('22202', '55505')])
  })

  it('takes a manifest, its paths relative to it', async () => {
    const manifest = await room.write('batch.json', {
      attestations: [
        {
          engagement: 'refinery.engagement.json',
          results: 'refinery.results.csv',
          evidence: 'evidence',
        },
      ],
    })
    const { code, folder, err } = await attest(['--batch', manifest])
    assert.equal(code, 0, err)
    assert.deepEqual(await readdir(folder), [NAME])
    const bad = await attest(['--batch', await room.write('bad.json', { attestation: [] })])
    nothing(bad)
    assert.match(
      bad.flat,
      /form of a manifest[^!]*\/attestation expected: one of [^:]*attestations/,
    )
    assert.match(bad.flat, /Did you mean "attestations"\?/)
  })

  it('puts the results of one engagement together from several files', async () => {
    const [, first = '', second = ''] = RESULTS.split('\n')
    const a = await room.write('a.csv', `${HEADER}\n${first}\n`)
    const b = await room.write('b.csv', `${HEADER}\n${second}\n`)
    const { code, folder, err } = await attest([...pair(a), '--results', b])
    assert.equal(code, 0, err)
    assert.equal((await attestationIn(folder)).credential.credentialSubject.results.length, 2)
  })

  it('does not guess which results belong to which engagement', async () => {
    const engagement = room.at('refinery.engagement.json')
    for (const argv of [
      [],
      ['--engagement', engagement],
      [...pair(room.at('refinery.results.csv')), '--engagement', engagement],
    ]) {
      const { code, err } = await attest(argv)
      assert.equal(code, 64)
      assert.match(err, /not clear which results/)
    }
  })

  it('never replaces an attestation', async () => {
    const at = places()
    assert.equal((await attest(pair(room.at('refinery.results.csv')), at)).code, 0)
    const before = await readFile(`${at.out}/${NAME}`)
    const { code, err } = await attest(pair(room.at('refinery.results.csv')), at)
    assert.equal(code, 64)
    assert.match(err, /exists already/)
    assert.deepEqual(await readFile(`${at.out}/${NAME}`), before)
    assert.equal((await readdir(`${at.desk}/issued`)).length, 1)
  })

  it('signs nothing when the outputs cannot be written', async () => {
    const at = { ...places(), out: await room.write('a-file', 'x') }
    const taken = await attest(pair(room.at('refinery.results.csv')), at)
    assert.equal(taken.code, 64)
    assert.match(
      taken.flat,
      /nothing was signed\. where: \S+a-file expected: a folder found: a file/,
    )
    assert.equal(existsSync(at.desk), false)
    const other = places()
    await room.write(`${other.out.slice(room.path.length + 1)}/${NAME}/x`, 'x')
    const folder = await attest([...pair(room.at('refinery.results.csv')), '--force'], other)
    assert.equal(folder.code, 64)
    assert.match(folder.flat, /expected: the name of a file found: a folder/)
    assert.equal(existsSync(other.desk), false)
  })

  it('refuses to attest the same twice, unless the first is superseded, revoked, or both meant', async () => {
    const at = places()
    const results = room.at('refinery.results.csv')
    const first = await attest([...pair(results), '--json'], at)
    assert.equal(first.code, 0, first.err)
    const [{ id, digestMultibase }] = [...Object(parseJson(first.out).attestations)]
    const next = () => ({ ...at, out: places().out })
    const second = await attest(pair(results), next())
    assert.equal(second.code, 1)
    assert.match(second.flat, /were attested before/)
    assert.ok(second.flat.includes(id))
    assert.equal((await readdir(`${at.desk}/issued`)).length, 1)
    const form = engagementForm(room.did.miner)
    const supersedes = { id, type: 'RulebookAttestation', digestMultibase }
    const torn = { ...supersedes, digestMultibase: digestMultibase.slice(0, -1) }
    await room.write('torn.engagement.json', { ...form, supersedes: torn })
    const refused = await attest(pair(results, room.at('torn.engagement.json')), next())
    assert.equal(refused.code, 1)
    assert.match(refused.flat, /torn\.engagement\.json.*\/supersedes\/digestMultibase/)
    assert.match(refused.flat, /expected: a SHA-256 digest in multibase/)
    const newer = await room.write('newer.engagement.json', { ...form, supersedes })
    assert.equal((await attest(pair(results, newer), next())).code, 0)
    assert.equal((await attest([...pair(results), '--again'], next())).code, 0)
    const period = { from: '2024-12-01', until: '2025-12-31' }
    const other = await room.write('longer.engagement.json', { ...form, period })
    assert.equal((await attest(pair(results, other), next())).code, 0)
    const twice = await attest([...pair(results), ...pair(results)])
    assert.equal(twice.code, 1)
    assert.match(twice.flat, /were attested before/)
    const mended = places()
    const wrong = await attest([...pair(results), '--json'], mended)
    const [{ id: withdrawn }] = [...Object(parseJson(wrong.out).attestations)]
    const key = ['--key', room.at('climate.key.json'), '--desk', mended.desk]
    await room.must(['revoke', ...key, withdrawn])
    assert.equal((await attest(pair(results), { ...mended, out: places().out })).code, 0)
  })

  it('takes a rulebook of the body itself, and one that shadows no other', async () => {
    const shipped = await room.must(['rulebooks', 'show', 'greenhouse-gas', '--json'])
    await room.write('own/mine.json', { ...parseJson(shipped.out), key: 'mine', version: '3.1.4' })
    const form = engagementForm(room.did.miner)
    const engagement = await room.write('own.engagement.json', {
      ...form,
      rulebook: { key: 'mine', version: '3.1.4' },
    })
    const { subject, ...frame } = accreditationForm(room.did.climate)
    const scope = subject.scope.map((entry) => ({
      ...entry,
      rulebook: 'mine',
      rulebookVersions: ['3.1.4'],
    }))
    const paper = await room.write('own.accreditation.form.json', {
      ...frame,
      subject: { ...subject, scope },
    })
    const own = ['--rulebooks', room.at('own')]
    const accreditation = room.at('own.accreditation.json')
    const desk = [...room.desk('council'), '--status-base', 'https://council.example/status']
    await room.must(['accredit', ...desk, ...own, '--in', paper, '--out', accreditation])
    const argv = [
      ...pair(room.at('refinery.results.csv'), engagement),
      '--accreditation',
      accreditation,
    ]
    const unknown = await attest(argv)
    nothing(unknown)
    assert.match(unknown.flat, /no rulebook mine here[^!]*--rulebooks DIR/)
    const { code, folder, err } = await attest([...argv, ...own])
    assert.equal(code, 0, err)
    const { rulebook } = (await attestationIn(folder)).credential.credentialSubject
    assert.equal(rulebook.version, '3.1.4')
  })
})
