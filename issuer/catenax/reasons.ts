import type { Leaf } from './leaves.ts'

const INCOMPLETE = 'incomplete: without its name, value or unit it states nothing'

/** Why what stands at and below a place is not public product data; `*` is any member or index. */
const REASONS: readonly (readonly [place: string, reason: string])[] = [
  ['/specVersion', 'names the data model of the source; the passport has its own'],
  [
    '/metadata',
    'describes the source document; the passport has its own identifier, dates and status',
  ],
  [
    '/metadata/economicOperatorId',
    'the responsible operator is the issuer of the passport, named by its DID',
  ],
  ['/metadata/specVersion', 'names the data model of the source; the passport has its own'],
  ['/commercial', 'not a field of Annex XIII point 1'],
  ['/sources', 'a document without a field of Annex XIII point 1 that it answers'],
  ['/characteristics/physicalDimension', 'dimensions are not a field of Annex XIII point 1'],
  ['/characteristics/physicalDimension/weight', INCOMPLETE],
  ['/characteristics/warranty', INCOMPLETE],
  ['/materials', INCOMPLETE],
  ['/sustainability/carbonFootprint', INCOMPLETE],
  ['/sustainability/status', 'not public (Annex XIII point 4(c))'],
  ['/sustainability/documents', 'a voluntary document; not a field of Annex XIII point 1'],
  [
    '/sustainability/carbonFootprint/*/manufacturingPlant',
    'the plant of a life-cycle stage is not a field of Annex XIII point 1',
  ],
  ['/identification/idDmc', 'the passport has its own, unguessable identifier (Article 77(3))'],
  ['/identification/identification/codes', 'a commercial code; not a field of Annex XIII point 1'],
  ['/identification/identification/classification', 'not a field of Annex XIII point 1'],
  [
    '/identification/identification/dataCarrier',
    'the data carrier is on the battery (Article 13(6)), not in the passport',
  ],
  ['/identification/identification/batch', 'another identifier than the batch number'],
  ['/identification/identification/serial', 'another identifier than the serial number'],
  ['/operation/intoServiceDate', 'not public (Annex VII Part B through Annex XIII point 4(b))'],
  ['/performance/rated', 'not a field of Annex XIII point 1'],
  ['/performance/rated/selfDischargingRate', 'not public (Annex XIII point 4(b))'],
  ['/performance/rated/performanceDocument', 'test reports are not public (Annex XIII point 3)'],
  ['/performance/rated/testReport', 'test reports are not public (Annex XIII point 3)'],
  ['/performance/rated/lifetime/report', 'test reports are not public (Annex XIII point 3)'],
  ['/performance/rated/lifetime/expectedYears', 'not public (Annex XIII point 4(a))'],
  [
    '/performance/rated/lifetime/cycleLifeTesting/depthOfDischarge',
    'not public (Annex XIII point 4(a))',
  ],
  [
    '/performance/rated/lifetime/cycleLifeTesting/temperature',
    'a test condition; the reference test of Annex XIII point 1(j) is named by its standard',
  ],
  ['/performance/rated/roundTripEfficiency/depthOfDischarge', 'not public (Annex XIII point 4(a))'],
  [
    '/performance/rated/roundTripEfficiency/temperature',
    'a test condition; not a field of Annex XIII point 1',
  ],
  [
    '/performance/rated/power',
    'BatteryPass 6.1.0 places rated power under Annex XIII point 4(a), which is not public; state originalPowerCapabilityW and the power limits of point 1(i) yourself',
  ],
  ['/performance/rated/resistance/module', 'Annex XIII point 1(o) asks for cell and pack'],
  [
    '/performance/rated/resistance/temperature',
    'a test condition; not a field of Annex XIII point 1',
  ],
  [
    '/performance/rated/voltage/temperature',
    'one test temperature; Annex XIII point 1(h) asks for a range',
  ],
  ['/performance/rated/energy', 'energy is not a field of Annex XIII point 1'],
  [
    '/performance/rated/capacity/temperature',
    'a test condition; not a field of Annex XIII point 1',
  ],
  ['/performance/dynamic', 'not public (Annex XIII point 4)'],
  ['/safety/safeDischarging', 'not a field of Annex XIII point 1'],
  ['/safety/dismantling', 'not public (Annex XIII point 2(c))'],
  ['/safety/removalFromAppliance', 'not public (Annex XIII point 2(c))'],
  ['/safety/safetyMeasures', 'not public (Annex XIII point 2(d))'],
  ['/handling', 'not public (Annex XIII point 2(b))'],
  ['/conformity/resultOfTestReport', 'test reports are not public (Annex XIII point 3)'],
]

const RULES = REASONS.map(([place, reason]) => ({ segments: place.split('/'), reason }))

/** Why a leaf that nothing mapped stays behind: the reason of the narrowest place around it. */
export function reasonOf(pointer: string, leaf: Leaf): string {
  if (leaf.kind === 'null') return 'null states nothing'
  if (leaf.kind === 'empty list' || leaf.kind === 'empty object') return 'empty; states nothing'
  const segments = pointer.split('/')
  let best: (typeof RULES)[number] | undefined
  for (const rule of RULES) {
    const covers = rule.segments.every(
      (segment, index) => segment === '*' || segment === segments[index],
    )
    if (covers && rule.segments.length > (best?.segments.length ?? 0)) best = rule
  }
  return best?.reason ?? 'no member of BatteryPass 6.1.0 that this mapping knows'
}
