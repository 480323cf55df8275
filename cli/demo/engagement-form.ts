import { dayOf } from '@battery-passport/contexts'
import type { EngagementForm } from '../forms/engagement.ts'
import {
  BATTERY,
  type Pilot,
  type PilotEngagement,
  type PilotEvidence,
  type PilotFacility,
} from './pilot.ts'
import { dayAfter, periodOf, productionWindowOf, statementOf } from './pilot-dates.ts'

/** What is known when the demo runs, and not when the pilot was written. */
export interface EngagementFacts {
  readonly pilot: Pilot
  /** Seconds since the epoch. */
  readonly now: number
  readonly didOf: (party: string) => string
  /** The id of the battery model, and its manufacturer. */
  readonly model: string
  readonly manufacturer: string
}

/**
 * The engagement as `attest` takes it: the row of the pilot with its dates, findings and evidence.
 *
 * @param named the evidence files its results name
 */
export function engagementForm(
  engagement: PilotEngagement,
  named: ReadonlySet<string>,
  facts: EngagementFacts,
): { readonly [K in keyof EngagementForm]?: unknown } {
  const { pilot, now } = facts
  const facility = pilot.facilities.find(({ key }) => key === engagement.subject)
  const period = periodOf(engagement.period, dayOf(now))
  const { statementDate, validFrom, validUntil } = statementOf(period)
  const { coveredShare, excluded, limitations } = engagement
  const title = facility?.name ?? 'battery model'
  return {
    name: `${title}: ${engagement.rulebook}`,
    validFrom,
    validUntil,
    rulebook: { key: engagement.rulebook, version: '1.0.0' },
    subject: subjectOf(facility, facts),
    boundary:
      coveredShare === undefined ? { kind: 'whole' } : { kind: 'partial', coveredShare, excluded },
    period,
    ...(engagement.subject === BATTERY ? { productionWindow: productionWindowOf(period) } : {}),
    engagement: {
      standard: engagement.standard,
      engagementType: engagement.engagementType,
      conclusion: engagement.conclusion,
      ...(engagement.qualifiedIndicators.length === 0
        ? {}
        : { qualifiedIndicators: engagement.qualifiedIndicators }),
      materiality: engagement.materiality,
      dataCutOff: dayAfter(period, 45),
      statementDate,
      siteVisits: engagement.siteVisits.map(({ mode, day }) => ({
        date: dayAfter(period, day),
        mode,
      })),
      findings: findingsOf(engagement, facts),
      ...(limitations === undefined ? {} : { limitations }),
    },
    evidence: pilot.evidence
      .filter(({ subject, file }) => subject === engagement.subject && named.has(file))
      .map((each) => evidenceInput(each, facility, facts)),
  }
}

function subjectOf(facility: PilotFacility | undefined, facts: EngagementFacts): object {
  if (facility !== undefined) {
    const { id, name, country, operator, activities } = facility
    return { type: 'Facility', id, name, country, operator: facts.didOf(operator), activities }
  }
  const { pilot, model, manufacturer } = facts
  return {
    type: 'Battery',
    id: model,
    granularity: 'model',
    manufacturer: facts.didOf(manufacturer),
    plants: pilot.facilities
      .filter(({ operator }) => operator === manufacturer)
      .map(({ id }) => id),
  }
}

function findingsOf(
  { subject, rulebook, period: name }: PilotEngagement,
  { pilot, now }: EngagementFacts,
): readonly object[] {
  const period = periodOf(name, dayOf(now))
  return pilot.findings
    .filter((each) => each.subject === subject && each.rulebook === rulebook)
    .map(({ id, severity, indicator, description, correctiveAction, due, closed }) => ({
      id,
      severity,
      indicator,
      description,
      correctiveAction,
      dueDate: dayAfter(period, due),
      ...(closed === undefined ? {} : { closedOn: dayAfter(period, closed) }),
    }))
}

/** The operator keeps the evidence about its site: the attestation holds its digest alone. */
function evidenceInput(
  { file, name, mediaType, accessClass }: PilotEvidence,
  facility: PilotFacility | undefined,
  { didOf, manufacturer }: EngagementFacts,
): object {
  const holder = didOf(facility?.operator ?? manufacturer)
  return { file, name, mediaType, accessClass, holder }
}
