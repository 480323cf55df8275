import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Activity, CONCLUSIONS, ENGAGEMENT_TYPES } from '@battery-passport/contexts'
import { usageError } from '../errors.ts'
import { parseDocument } from '../input/read-document.ts'
import { readFileBytes } from '../input/read-file.ts'
import {
  PILOT_ROLES,
  type Pilot,
  type PilotAccreditation,
  type PilotEngagement,
  type PilotEvidence,
  type PilotFacility,
  type PilotFinding,
  type PilotParty,
  type PilotVisit,
} from './pilot.ts'
import { PERIOD_NAMES } from './pilot-dates.ts'
import { type PilotRow, pilotRows } from './pilot-rows.ts'

/**
 * Reads the fictional consortium. What goes into credentials is checked by the commands that sign
 * them; here only what the demo itself needs.
 *
 * @throws {CommandError} usage or refused, naming the file and the row
 */
export async function readPilot(folder: string): Promise<Pilot> {
  await checkFolder(folder)
  const table = <T>(file: string, read: (row: PilotRow) => T) =>
    pilotRows(join(folder, file)).then((rows) => rows.map(read))
  return {
    folder,
    parties: await table('parties.csv', partyOf),
    facilities: await table('facilities.csv', facilityOf),
    engagements: await table('engagements.csv', engagementOf),
    findings: await table('findings.csv', findingOf),
    evidence: await table('evidence.csv', evidenceOf),
    accreditations: await accreditationsOf(join(folder, 'accreditations.json')),
  }
}

async function checkFolder(folder: string): Promise<void> {
  const isThere = await stat(join(folder, 'parties.csv')).then(
    () => true,
    () => false,
  )
  if (isThere) return
  throw usageError({
    what: 'The files of the pilot are not there.',
    where: folder,
    expected: 'the folder examples/pilot of the repository',
    remedy: 'Run the demo in a clone of the repository, or name the folder with --pilot.',
  })
}

function partyOf(row: PilotRow): PilotParty {
  return {
    key: row.text('key'),
    legalName: row.text('legalName'),
    role: row.oneOf('role', PILOT_ROLES),
    lei: row.text('lei'),
    ultimateParentLei: row.text('ultimateParentLei'),
    country: row.text('country'),
    domain: row.text('domain'),
  }
}

function facilityOf(row: PilotRow): PilotFacility {
  return {
    key: row.text('key'),
    id: row.text('id'),
    name: row.text('name'),
    operator: row.text('operator'),
    country: row.text('country'),
    activities: row.words('activities').map(activityOf),
  }
}

function activityOf(text: string): Activity {
  const [stage = '', material] = text.split(':')
  return material === undefined ? { stage } : { stage, material }
}

function engagementOf(row: PilotRow): PilotEngagement {
  const share = row.optional('coveredShare')
  const excluded = row.optional('excluded')
  const limitations = row.optional('limitations')
  return {
    subject: row.text('subject'),
    rulebook: row.text('rulebook'),
    body: row.text('body'),
    engagementType: row.oneOf('engagementType', ENGAGEMENT_TYPES),
    standard: row.text('standard'),
    period: row.oneOf('period', PERIOD_NAMES),
    ...(share === undefined ? {} : { coveredShare: Number(share) }),
    ...(excluded === undefined ? {} : { excluded }),
    conclusion: row.oneOf('conclusion', CONCLUSIONS),
    qualifiedIndicators: row.words('qualifiedIndicators'),
    materiality: row.text('materiality'),
    siteVisits: row.words('siteVisits').map(visitOf),
    ...(limitations === undefined ? {} : { limitations }),
  }
}

/** `on-site:+24`: how, and how many days after the end of the period. */
function visitOf(text: string): PilotVisit {
  const [mode = '', day = ''] = text.split(':')
  return { mode, day: Number(day) }
}

function findingOf(row: PilotRow): PilotFinding {
  const closed = row.optional('closed')
  return {
    subject: row.text('subject'),
    rulebook: row.text('rulebook'),
    id: row.text('id'),
    severity: row.text('severity'),
    indicator: row.text('indicator'),
    description: row.text('description'),
    correctiveAction: row.text('correctiveAction'),
    due: Number(row.text('due')),
    ...(closed === undefined ? {} : { closed: Number(closed) }),
  }
}

function evidenceOf(row: PilotRow): PilotEvidence {
  return {
    subject: row.text('subject'),
    file: row.text('file'),
    name: row.text('name'),
    mediaType: row.text('mediaType'),
    accessClass: row.text('accessClass'),
  }
}

async function accreditationsOf(file: string): Promise<ReadonlyMap<string, PilotAccreditation>> {
  const document: unknown = parseDocument(await readFileBytes(file), file)
  const accreditations = new Map<string, PilotAccreditation>()
  for (const [body, value] of Object.entries(asObject(document, file))) {
    if (body === '$comment') continue
    const members = asObject(value, `${file} /${body}`)
    const { accreditedBy, mayDelegate, standard, registrationNumber, scope } = members
    accreditations.set(body, {
      accreditedBy: String(accreditedBy),
      mayDelegate: mayDelegate === true,
      standard: String(standard),
      registrationNumber: String(registrationNumber),
      scope,
    })
  }
  return accreditations
}

function asObject(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw usageError({ what: 'This is no JSON object.', where, remedy: 'Put it in braces.' })
}
