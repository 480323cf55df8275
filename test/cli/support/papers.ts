import { REFINERY, type Workshop } from './workshop.ts'

/** The id of the battery model. */
export const MODEL = 'urn:uuid:00000000-0000-4000-8000-000000000001'

/** Years around the day of the tests. */
const FRAME = { validFrom: '2025-01-01T00:00:00Z', validUntil: '2028-12-31T23:59:59Z' } as const

/** The identity of a member, as a registrar writes it down. */
export function identityForm(did: string, legalName = 'Pack Maker SE (fictional)') {
  return {
    ...FRAME,
    subject: {
      id: did,
      type: 'RegisteredOrganization',
      legalName,
      lei: 'FICTIONAL00000001000',
      ultimateParentLei: 'FICTIONALGROUP001000',
      roles: ['manufacturer', 'operator'],
    },
  }
}

/** An accreditation for greenhouse gas and chains of custody, at every stage. */
export function accreditationForm(did: string) {
  return {
    ...FRAME,
    subject: {
      id: did,
      type: 'AccreditedVerifier',
      legalName: 'Climate Assurance Ltd (fictional)',
      lei: 'FICTIONAL00000004000',
      ultimateParentLei: 'FICTIONALGROUP004000',
      scope: [
        {
          rulebook: 'greenhouse-gas',
          rulebookVersions: ['1.0.0'],
          assuranceLevels: ['limited', 'reasonable'],
          engagementTypes: ['verification'],
          subjectTypes: ['Facility', 'Battery'],
          stages: ['*'],
          materials: ['*'],
          countries: ['*'],
        },
        {
          rulebook: 'chain-of-custody',
          assuranceLevels: ['limited', 'reasonable'],
          engagementTypes: ['verification'],
          subjectTypes: ['Battery'],
          stages: ['*'],
          materials: ['*'],
          countries: ['*'],
        },
      ],
      mayDelegate: false,
      standard: 'ISO/IEC 17029:2019',
      registrationNumber: 'FICTIONAL-1',
    },
  }
}

/** What an assurance body notes of its visit to a refinery. */
export function engagementForm(operator: string) {
  return {
    validUntil: '2027-03-15T23:59:59Z',
    rulebook: { key: 'greenhouse-gas', version: '1.0.0' },
    subject: {
      type: 'Facility',
      id: REFINERY,
      country: 'FI',
      operator,
      activities: [{ stage: 'refining', material: 'nickel' }],
    },
    boundary: { kind: 'whole' },
    period: { from: '2025-01-01', until: '2025-12-31' },
    engagement: {
      standard: 'ISO 14064-3:2019',
      engagementType: 'verification',
      conclusion: 'unmodified',
      materiality: '5 % of total emissions',
      dataCutOff: '2026-01-31',
      statementDate: '2026-03-15',
      siteVisits: [{ date: '2026-02-10', mode: 'on-site' }],
      findings: [],
    },
    evidence: [{ file: 'inventory.txt', key: 'E1', covers: [REFINERY] }],
  }
}

/** What an assurance body found of the shares of a model. */
export function custodyForm(manufacturer: string) {
  return {
    validUntil: '2027-03-15T23:59:59Z',
    subject: {
      id: MODEL,
      type: 'Battery',
      granularity: 'model',
      manufacturer,
      period: { from: '2025-01-01', until: '2025-12-31' },
      productionWindow: { from: '2026-01-01', until: '2026-12-31' },
      statementDate: '2026-03-15',
      assuranceLevel: 'limited',
    },
  }
}

/** The rows of the model. */
export const SUPPLY_CHAIN = `facility,stage,material,share,custodyModel
${REFINERY},refining,nickel,10000,segregated
`

export const RESULTS = `indicator,answer,value,unit,uncertainty,assuranceLevel,condition,standard,edition,evidence
ghg.inventory,assessed,true,,,reasonable,,,,E1
ghg.intensity-ratio,assessed,61.3,%,2.1,reasonable,,,,E1 readings.csv
ghg.dual-reporting,not-assessed,,,,,,,,
`

/** Policy of a buyer, or of the manufacturer's own service. */
export function policyForm({ did }: Pick<Workshop, 'did'>, methodDigest: string) {
  const dates = { validFrom: '2020-01-01T00:00:00Z', validUntil: '2039-12-31T23:59:59Z' }
  return {
    anchors: [
      { did: did.council, role: 'accreditation-body', ...dates },
      { did: did.registrar, role: 'registrar', ...dates },
    ],
    passportIssuers: 'registered',
    methods: [{ key: 'esg', version: '1.0.0', digestMultibase: methodDigest }],
    allowIllustrative: true,
    statusMaximumAgeSeconds: 604_800,
  }
}

/** Writes the papers of everybody: identity, accreditation, engagement, results, evidence. */
export async function layOutPapers(room: Workshop): Promise<void> {
  await room.write('identity.json', identityForm(room.did.maker))
  await room.write('accreditation.json', accreditationForm(room.did.climate))
  await room.write('refinery.engagement.json', engagementForm(room.did.miner))
  await room.write('refinery.results.csv', RESULTS)
  await room.write('pack.custody.json', custodyForm(room.did.maker))
  await room.write('supply-chain.csv', SUPPLY_CHAIN)
  await room.write('evidence/inventory.txt', 'A fictional inventory of emissions.\n')
  await room.write('evidence/readings.csv', 'month,kWh\n2025-01,1000\n')
}
