import {
  type AttestationSpec,
  BATTERY_ID,
  type Change,
  ENGAGEMENT,
  MODEL_ID,
} from '../../../support/consortium.ts'
import { BATCH_ID, batchPassport } from '../battery.ts'
import { type Plan, packRows, packSpec, unknownLists, without } from '../chain.ts'
import { at } from '../edit.ts'
import { type Family, PASSPORT, type Studio } from '../studio.ts'

/** Genuine attestations of something else prove nothing about this battery. */
export const binding: Family = async (studio, collect) => {
  await facilities(studio, collect)
  await batteries(studio, collect)
  await periods(studio, collect)
  await statements(studio, collect)
  await conflicts(studio, collect)
}

const attesting =
  ({ send }: Studio) =>
  (subject: Readonly<Record<string, unknown>>, plan: Plan = {}) =>
    send({ ...plan, attestation: { subject } })

const facilities: Family = async (studio, { accepted, rejected, open }) => {
  const { send, consortium } = studio
  const attest = attesting(studio)
  const { packPlant, cellPlant } = consortium.facilities
  const { packMaker } = consortium.parties
  const alias = 'https://register.example/plants/44404'
  const aliased = (aliases: readonly string[], credential = {}): Plan => ({
    identity: {
      credential,
      subject: { facilities: [{ id: packPlant.id, aliases }] },
    },
  })
  const [row] = packRows(consortium)
  if (row === undefined) throw new TypeError('no row')

  await accepted(
    'alias',
    'The plant by another id, which the register knows.',
    send(claimed(studio, { ...aliased([alias]), attestation: { subject: { id: alias } } })),
  )
  await rejected(
    'alias-unknown',
    'SUBJECT_MISMATCH',
    'The attestation calls the plant by an id that nobody registered.',
    attest({ id: alias }),
  )
  await rejected(
    'alias-of-another-operator',
    'SUBJECT_MISMATCH',
    'The operator of the plant has no such id in the register.',
    attest({ id: alias, operator: consortium.parties.cellMaker.did }, aliased([alias])),
    ['INDEPENDENCE_UNPROVEN'],
  )
  await open(
    'alias-unchecked',
    'STATUS_UNREACHABLE',
    'Registered in an identity whose status nobody can look up.',
    send(
      {
        ...aliased([alias], { credentialStatus: unknownLists() }),
        attestation: { subject: { id: alias } },
      },
      { policy: { passportIssuers: [packMaker.did] } },
    ),
  )
  await rejected(
    'another-facility',
    'SUBJECT_MISMATCH',
    'The attestation is about a plant that did not make this battery.',
    attest({ id: cellPlant.id }),
  )
  await rejected(
    'another-activity',
    'ACTIVITY_MISMATCH',
    'The plant was attested for another activity than it has in the supply chain.',
    attest({ activities: [{ stage: 'cell' }] }),
  )
  await rejected(
    'facility-id-of-another-scheme',
    ['SCHEMA', 'SUBJECT_MISMATCH'],
    'The method fixes one kind of id: else one plant could be two.',
    send({
      supplyChain: [{ facility: alias, stage: 'pack', share: 10000, custodyModel: 'segregated' }],
    }),
  )

  await accepted(
    'row-outside-the-method',
    'A row that the method gives no weight does not count, and is told.',
    send({ supplyChain: [...packRows(consortium), { ...row, stage: 'recycling' }] }),
    ['ROW_OUTSIDE_METHOD'],
  )
  await rejected(
    'shares-above-the-whole',
    'SHARES_INVALID',
    'The shares of one stage sum to more than the whole.',
    send(claimed(studio, { supplyChain: [row, { ...row, facility: cellPlant.id, share: 1 }] })),
  )
  await rejected(
    'facility-twice',
    'SHARES_INVALID',
    'One plant stands in two rows of one stage.',
    send(
      claimed(studio, {
        supplyChain: [
          { ...row, share: 4000 },
          { ...row, share: 5000 },
        ],
      }),
    ),
  )
  await rejected(
    'custody-model',
    'CUSTODY_MODEL',
    'A model of custody that the method does not know.',
    send({ supplyChain: [{ ...row, custodyModel: 'book-and-claim' }] }),
  )
}

const batteries: Family = async (studio, { accepted, rejected }) => {
  const { send, consortium } = studio
  const spec = modelSpec(studio)
  const { cellMaker } = consortium.parties
  const { cellPlant } = consortium.facilities
  const attest = (subject: Readonly<Record<string, unknown>>, passport: Change = {}) =>
    send({ specs: [spec], attestation: { subject }, passport })
  const window = (from: string, until: string) => attest({ productionWindow: { from, until } })

  await accepted(
    'model',
    'An attestation of the model counts for the battery that names it, on its first day.',
    window('2026-09-15', '2026-09-15'),
  )
  await rejected(
    'another-model',
    'SUBJECT_MISMATCH',
    'The attestation is about another battery model.',
    attest({ id: 'https://id.packmaker.example/01/09506000134369' }),
  )
  await rejected(
    'model-not-named',
    'SUBJECT_MISMATCH',
    'The attestation is about a model, and the passport names none.',
    attest({}, { alter: without('model') }),
  )
  await rejected(
    'another-manufacturer',
    'SUBJECT_MISMATCH',
    'The attestation is about the model of another manufacturer.',
    attest({ manufacturer: cellMaker.did }),
  )
  await rejected(
    'another-plant',
    'SUBJECT_MISMATCH',
    'The model was attested for another plant than is in the supply chain.',
    attest({ plants: [cellPlant.id] }),
  )
  await rejected(
    'made-before',
    'PRODUCTION_WINDOW',
    'The battery was made a day before the production window.',
    window('2026-09-16', '2026-12-31'),
  )
  await rejected(
    'facility-window',
    'PRODUCTION_WINDOW',
    'The attestation of the plant has a production window, and the battery was made after it.',
    send({
      attestation: { subject: { productionWindow: { from: '2026-01-01', until: '2026-09-14' } } },
    }),
  )

  const batch = { granularity: 'batch', id: BATCH_ID }
  await accepted(
    'batch',
    'An attestation of the batch counts for the passport of the batch.',
    send({
      specs: [spec],
      attestation: { subject: batch },
      passport: batchPassport({ subject: { model: MODEL_ID } }),
    }),
  )
  await rejected(
    'batch-not-named',
    'SUBJECT_MISMATCH',
    'The attestation is about a batch, and the passport names none.',
    attest(batch),
  )
  await rejected(
    'item-named-as-its-model',
    'SCHEMA',
    'The passport of one battery names the battery itself as its model.',
    send({ passport: { subject: { model: BATTERY_ID } } }),
  )
  await rejected(
    'batch-signed-outside',
    'PRODUCTION_WINDOW',
    'A batch is judged on the day its passport was signed.',
    send({
      specs: [spec],
      attestation: {
        subject: { ...batch, productionWindow: { from: '2026-01-01', until: '2026-09-19' } },
      },
      passport: batchPassport({ subject: { model: MODEL_ID } }),
    }),
  )
}

const periods: Family = async (studio, { accepted, rejected }) => {
  const { send } = studio
  const attest = attesting(studio)
  const period = (from: string, until: string) => attest({ period: { from, until } })

  await accepted(
    'twelve-months',
    'Months count from the first day to the day after the last.',
    period('2025-02-15', '2026-02-14'),
  )
  await rejected(
    'too-short',
    'PERIOD',
    'The reporting period is a day shorter than twelve months.',
    period('2025-02-15', '2026-02-13'),
  )
  await rejected(
    'backwards',
    'PERIOD',
    'The reporting period ends before it begins.',
    period('2025-12-31', '2025-01-01'),
  )
  await rejected(
    'too-long-ago',
    'PERIOD',
    'The reporting period ended more than 24 months before the passport was signed.',
    period('2023-09-20', '2024-09-19'),
  )
  await rejected(
    'valid-too-long',
    'PERIOD',
    'The attestation is valid for longer than the rulebook lets a statement count.',
    send({ attestation: { credential: { validUntil: '2027-09-16T00:00:00Z' } } }),
  )
  await rejected(
    'too-far-apart',
    'PERIOD',
    'Two reporting periods end more than a year apart.',
    send({
      specs: [packSpec(studio.consortium), modelSpec(studio)],
      attestation: (spec) =>
        spec.facility === null
          ? { subject: { period: { from: '2024-02-01', until: '2025-01-31' } } }
          : { subject: { period: { from: '2025-03-01', until: '2026-02-28' } } },
    }),
  )
}

const statements: Family = async (studio, { accepted, rejected }) => {
  const attest = attesting(studio)
  const engaged = (engagement: object) => attest({ engagement: { ...ENGAGEMENT, ...engagement } })
  const finding = { id: 'NC-1', description: 'Meters were not calibrated' }

  await accepted(
    'dated-when-signed',
    'Dated on the day of the last visit and of the signature, after the period; a finding closed.',
    engaged({
      statementDate: '2026-03-16',
      siteVisits: [{ date: '2026-03-16', mode: 'on-site' }],
      findings: [
        { ...finding, severity: 'major', closedOn: '2026-03-16' },
        { ...finding, id: 'NC-2', severity: 'minor' },
      ],
    }),
  )
  await rejected(
    'dated-in-the-period',
    'STATEMENT_DATE',
    'The statement is dated before the period it reports was over.',
    engaged({ statementDate: '2025-12-31', siteVisits: [] }),
  )
  await rejected(
    'dated-before-the-visit',
    'STATEMENT_DATE',
    'The statement is dated before the site visit it reports.',
    engaged({ statementDate: '2026-02-09' }),
  )
  await rejected(
    'dated-after-signing',
    'STATEMENT_DATE',
    'The statement is dated a day after it was signed.',
    engaged({ statementDate: '2026-03-17' }),
  )
  await rejected(
    'adverse',
    'CONCLUSION_NOT_ACCEPTED',
    'The assurance body concludes that the statement is wrong.',
    engaged({ conclusion: 'adverse' }),
  )
  await rejected(
    'finding-open',
    'OPEN_FINDING',
    'A major finding of the engagement is open.',
    engaged({ findings: [{ ...finding, severity: 'major' }] }),
  )

  await accepted(
    'qualified',
    'A qualified conclusion, whose indicator counts as unknown.',
    engaged({ conclusion: 'qualified', qualifiedIndicators: ['climate.intensity'] }),
  )
  await rejected(
    'qualified-of-nothing',
    'ANSWER_INVALID',
    'The conclusion is qualified for an indicator that the rulebook does not have.',
    engaged({ conclusion: 'qualified', qualifiedIndicators: ['climate.other'] }),
  )
  await rejected(
    'qualified-without-naming',
    'SCHEMA',
    'The conclusion is qualified, and does not say for which indicators.',
    studio.send({
      attestation: { subject: { engagement: { ...ENGAGEMENT, conclusion: 'qualified' } } },
      scoredHonestly: true,
    }),
  )
  await rejected(
    'another-edition',
    'RULEBOOK_MISMATCH',
    'Attested against another edition than the method pins.',
    attest({ rulebook: { ...pin(studio), version: '2.0.0' } }),
  )
}

const conflicts: Family = async (studio, { accepted, rejected }) => {
  const { send, consortium } = studio
  const spec = packSpec(consortium)
  const { packPlant, cellPlant } = consortium.facilities
  const subject = consortium.attestedSubject(spec)
  const [file] = evidenceOf(subject)
  const results = Object(subject.results)
  const twice = (change: Change): Plan => {
    let made = 0
    return {
      specs: [spec, { ...spec }],
      attestation: () => (made++ === 0 ? {} : change),
    }
  }
  const another = { credential: { id: 'https://climatebody.example/attestations/another' } }
  const both = [packPlant.id, cellPlant.id]
  const cells = consortium.specs.find(
    ({ facility, by }) => facility === cellPlant && by === consortium.parties.climateBody,
  )
  if (cells === undefined || file === undefined) throw new TypeError('no attestation of the cells')
  const rows = [
    ...packRows(consortium),
    { facility: cellPlant.id, stage: 'cell', share: 10000, custodyModel: 'segregated' as const },
  ]
  const shared = (operator: string | undefined, covers: readonly string[] | undefined): Plan => ({
    specs: [spec, cells],
    supplyChain: rows,
    attestation: (each) => {
      const own = consortium.attestedSubject(each)
      const [evidence] = evidenceOf(own)
      const digest = { ...evidence, digestMultibase: file.digestMultibase }
      return {
        subject: {
          ...(operator === undefined ? {} : { operator, operatorGroup: undefined }),
          evidenceFiles: [covers === undefined ? digest : { ...digest, covers }],
        },
        // What is undefined is left out, as JSON does.
        alter: (credential) => JSON.parse(JSON.stringify(credential)),
      }
    },
  })
  const evidence = (members: object) =>
    send({ attestation: { subject: { evidenceFiles: [{ ...file, ...members }] } } })

  await accepted(
    'one-audit-for-two',
    'One report about two plants of one operator, which says so.',
    send(shared(consortium.parties.packMaker.did, both)),
  )
  await rejected(
    'evidence-of-two-operators',
    'DUPLICATE_EVIDENCE',
    'One report is the evidence for plants of two operators.',
    send(shared(undefined, both)),
  )
  await rejected(
    'evidence-not-listed',
    'EVIDENCE_MISMATCH',
    'An answer names evidence that the attestation does not list.',
    evidence({ id: 'urn:uuid:00000000-0000-4000-8000-000000000000' }),
  )
  await rejected(
    'evidence-of-another',
    'EVIDENCE_MISMATCH',
    'The evidence says that it covers another plant.',
    evidence({ covers: [cellPlant.id] }),
  )
  await rejected(
    'evidence-id-twice',
    'EVIDENCE_MISMATCH',
    'Two evidence files have one id: nobody could say which is meant.',
    send({
      attestation: {
        subject: {
          evidenceFiles: [file, { ...file, digestMultibase: pin(studio).digestMultibase }],
        },
      },
    }),
  )

  await accepted(
    'one-report-not-saying-so',
    'One report about two plants of one operator that does not say so is a warning.',
    send(shared(consortium.parties.packMaker.did, undefined)),
    ['DUPLICATE_EVIDENCE'],
  )
  await rejected(
    'two-for-one-activity',
    'ATTESTATION_CONFLICT',
    'Of two attestations of one thing nobody may choose the better.',
    send(claimed(studio, twice(another))),
  )
  await rejected(
    'two-by-an-alias',
    'ATTESTATION_CONFLICT',
    'Two attestations of one plant, one of which calls it by an alias.',
    send({
      ...claimed(
        studio,
        twice({ ...another, subject: { id: 'https://register.example/plants/44404' } }),
      ),
      identity: {
        subject: {
          facilities: [{ id: packPlant.id, aliases: ['https://register.example/plants/44404'] }],
        },
      },
    }),
  )
  await rejected(
    'two-that-overlap',
    'ATTESTATION_CONFLICT',
    'Two attestations that overlap in one activity: nobody may choose the better.',
    send(
      claimed(
        studio,
        twice({
          ...another,
          subject: { activities: [{ stage: 'pack' }, { stage: 'cell' }], results },
        }),
      ),
    ),
  )
}

/** The attestation of the model, by the body for products. */
function modelSpec({ consortium }: Studio): AttestationSpec {
  const spec = consortium.specs.find(({ facility }) => facility === null)
  if (spec === undefined) throw new TypeError('no attestation of the model')
  return spec
}

function pin({ consortium }: Studio) {
  return consortium.pin(consortium.rulebook('small-climate'))
}

/** A passport that claims the honest score, where its own cannot be worked out. */
function claimed({ honest }: Studio, plan: Plan): Plan {
  const score = at(honest, `${PASSPORT}/credentialSubject/score`)
  return { ...plan, passport: { subject: { score } } }
}

interface Evidence {
  readonly id: string
  readonly digestMultibase: string
}

function evidenceOf(subject: Readonly<Record<string, unknown>>): readonly Evidence[] {
  const { evidenceFiles }: { readonly evidenceFiles: readonly Evidence[] } = Object(subject)
  return evidenceFiles
}
