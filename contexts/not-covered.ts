/** Something Annex XIII names, or a reader might expect, that the public product data leave out. */
export interface NotCovered {
  readonly title: string
  /** Of Annex XIII, or the article meant. */
  readonly point: string
  readonly reason: string
  /** The rows of the guidance's data it stands for. */
  readonly guidance: readonly string[]
}

const LEGITIMATE_INTEREST =
  'not public: only for persons with a legitimate interest and the Commission; belongs in a credential of that access class'
const AUTHORITIES =
  'not public: only for notified bodies, market surveillance authorities and the Commission'
const INDIVIDUAL =
  'not public: data of the individual battery for persons with a legitimate interest; they change over its life, so a signed model statement cannot hold them'

/** What is left out of the public product data, each with its reason. */
export const NOT_COVERED: readonly NotCovered[] = [
  {
    title: 'instructions for use in a printable form',
    point: '1(t)',
    reason:
      'not to be filled as of February 2027: on hold until the Omnibus IV proposal is decided',
    guidance: [],
  },
  {
    title: 'carbon footprint label as an image',
    point: '1(c)',
    reason: 'its format is left to an implementing act that has not been adopted',
    guidance: [],
  },
  {
    title: 'mercury, cadmium and lead as hazardous substances',
    point: '1(a), 1(b)',
    reason: 'both points speak of hazardous substances "other than mercury, cadmium or lead"',
    guidance: [],
  },
  {
    title: 'recycled content per year and per manufacturing plant',
    point: '1(e)',
    reason:
      'the passport states one share a metal; the documentation of Article 8(1) stays with the manufacturer',
    guidance: [],
  },
  {
    title: 'power limits for charging and discharging apart',
    point: '1(i)',
    reason: 'the Annex says "limits"; the guidance data have one minimum and one maximum',
    guidance: [],
  },
  {
    title: 'whether an industrial battery exceeds 2 kWh',
    point: 'Article 77(1)',
    reason: 'energy is no field of point 1, so the report cannot decide it; the manufacturer must',
    guidance: [],
  },
  {
    title: 'the condition behind each level "conditional"',
    point: '1',
    reason:
      'the data in use name the level, not the condition; the report leaves the decision open',
    guidance: [],
  },
  {
    title: 'detailed composition: cathode, anode and electrolyte materials',
    point: '2(a)',
    reason: LEGITIMATE_INTEREST,
    guidance: ['cathodeMaterial', 'anodeMaterial', 'electrolyteMaterial'],
  },
  {
    title: 'part numbers for components and sources of replacement spares',
    point: '2(b)',
    reason: LEGITIMATE_INTEREST,
    guidance: ['componentPartNumbers', 'sparePartsContacts'],
  },
  {
    title: 'dismantling information',
    point: '2(c)',
    reason: LEGITIMATE_INTEREST,
    guidance: ['disassemblyInstructionsUrl'],
  },
  {
    title: 'safety measures',
    point: '2(d)',
    reason: LEGITIMATE_INTEREST,
    guidance: ['safetyMeasures'],
  },
  {
    title: 'results of test reports proving compliance',
    point: '3',
    reason: AUTHORITIES,
    guidance: ['testReportResults'],
  },
  {
    title: 'values of the performance and durability parameters',
    point: '4(a)',
    reason: INDIVIDUAL,
    guidance: ['dynamicPerformance'],
  },
  { title: 'state of health', point: '4(b)', reason: INDIVIDUAL, guidance: ['stateOfHealth'] },
  {
    title: 'status (original, repurposed, re-used, remanufactured, waste)',
    point: '4(c)',
    reason: INDIVIDUAL,
    guidance: ['batteryStatus'],
  },
  {
    title: 'use: cycles, negative events, operating conditions, state of charge',
    point: '4(d)',
    reason: INDIVIDUAL,
    guidance: ['usageHistory'],
  },
]
