import type { Category } from './names.ts'

/**
 * What Annex XIII point 1 of Regulation (EU) 2023/1542 makes public, field by field. The levels
 * are those of the Commission's guidance "Digital Batteries Passport – data points by category",
 * Version 1.0, 28 July 2026 (CC BY 4.0).
 */

/**
 * Whether a field is to be filled. `not-stated`: neither the guidance's data nor an unconditional
 * sentence of the Regulation gives a level of its own to this field.
 */
export type RequirementLevel = 'mandatory' | 'conditional' | 'not-to-be-filled' | 'not-stated'

/** One public field. */
export interface AnnexXiiiField {
  /** The member of the passport's subject or of its product data, dots for nesting. */
  readonly field: string
  /** What the Regulation calls it. */
  readonly title: string
  /** Of Annex XIII; `77(3)` is the unique identifier of Article 77(3). */
  readonly point: string
  /** The provisions of Regulation (EU) 2023/1542. */
  readonly citation: string
  readonly levels: Readonly<Record<Category, RequirementLevel>>
  /** The row of the guidance's data the levels are from; null where the Regulation alone speaks. */
  readonly guidance: string | null
  /** JSON pointers into the passport's subject; the field is there if any of them is. */
  readonly pointers: readonly [string, ...string[]]
}

const everywhere = (level: RequirementLevel) => ({ EV: level, LMT: level, industrial: level })
const MANDATORY = everywhere('mandatory')
const CONDITIONAL = everywhere('conditional')
const NOT_TO_BE_FILLED = everywhere('not-to-be-filled')
const NOT_STATED = everywhere('not-stated')
/** Industrial batteries differ: not all of them are cycled. */
const CYCLED = { EV: 'mandatory', LMT: 'mandatory', industrial: 'conditional' } as const
const EV_ONLY = {
  EV: 'mandatory',
  LMT: 'not-to-be-filled',
  industrial: 'not-to-be-filled',
} as const

interface Provision {
  readonly point: string
  readonly citation: string
}

function point1(letter: string, ...further: string[]): Provision {
  return {
    point: `1(${letter})`,
    citation: [`Annex XIII point 1(${letter})`, ...further].join('; '),
  }
}

const general = (item: number, ...further: string[]) =>
  point1('a', `Annex VI Part A point ${item}`, ...further)

function row(
  provision: Provision,
  title: string,
  levels: Readonly<Record<Category, RequirementLevel>>,
  guidance: string | null,
  ...pointers: readonly [string, ...string[]]
): AnnexXiiiField {
  const field = pointers[0].replace(/^\/(product\/)?/, '').replaceAll('/', '.')
  return { field, title, ...provision, levels, guidance, pointers }
}

const maker = (member: string) => `/product/manufacturerInformation/${member}`
const waste = (member: string) => `/product/wasteBatteryInformation/${member}`
const footprint = (member: string) => `/product/carbonFootprint/${member}`
const wasteRow = (letter: string, title: string, member: string) =>
  row(
    point1('s', `Article 74(1)(${letter})`),
    title,
    MANDATORY,
    'wasteBatteryInformation',
    waste(member),
  )

/** Every public field the passport can hold, in the order of the Annex. */
export const ANNEX_XIII_PUBLIC: readonly AnnexXiiiField[] = [
  row(
    { point: '77(3)', citation: 'Article 77(3)' },
    'unique identifier',
    MANDATORY,
    'batteryPassportNumber',
    '/id',
  ),
  row(general(1), 'manufacturer', MANDATORY, null, '/manufacturer', maker('registeredIds')),
  row(
    general(1, 'Article 38(7)'),
    "manufacturer's name, registered trade name or registered trade mark",
    MANDATORY,
    null,
    maker('legalName'),
    maker('tradeName'),
  ),
  row(
    general(1, 'Article 38(7)'),
    "manufacturer's postal address",
    MANDATORY,
    null,
    maker('postalAddress'),
  ),
  row(
    general(1, 'Article 38(7)'),
    "manufacturer's web and e-mail address, if available",
    CONDITIONAL,
    null,
    maker('webAddress'),
    maker('emailAddress'),
  ),
  row(general(2), 'battery category', MANDATORY, 'batteryType', '/category'),
  row(
    general(2, 'Article 38(6)'),
    'model identification',
    MANDATORY,
    'batteryModelId',
    '/product/modelIdentifier',
    '/model',
  ),
  row(
    general(2, 'Article 38(6)'),
    'batch or serial number, or another element allowing identification',
    NOT_STATED,
    null,
    '/product/serialNumber',
    '/product/batchNumber',
    '/batch',
  ),
  row(
    general(3),
    'place of manufacture (geographical location of the plant)',
    MANDATORY,
    'manufacturingPlace',
    '/product/manufacturingPlace',
  ),
  row(
    general(4),
    'date of manufacture (month and year)',
    MANDATORY,
    'manufacturingDate',
    '/manufacturedOn',
    '/product/manufacturingMonth',
  ),
  row(general(5), 'weight', MANDATORY, 'batteryWeightKg', '/product/weightKg'),
  row(general(6), 'capacity', MANDATORY, 'nominalCapacityAh', '/product/nominalCapacityAh'),
  row(
    general(7),
    'chemistry',
    MANDATORY,
    'batteryChemistry',
    '/chemistry',
    '/product/chemistryDesignation',
  ),
  row(
    general(8),
    'hazardous substances, other than mercury, cadmium or lead',
    MANDATORY,
    'hazardousSubstances',
    '/product/hazardousSubstances',
  ),
  row(
    general(9),
    'usable extinguishing agent',
    MANDATORY,
    'usableExtinguishingAgent',
    '/product/usableExtinguishingAgents',
  ),
  row(
    general(10),
    'critical raw materials above 0,1 % weight by weight',
    MANDATORY,
    'criticalRawMaterials',
    '/product/criticalRawMaterials',
  ),
  row(point1('b'), 'material composition', NOT_STATED, null, '/product/materialComposition'),
  row(
    point1('c', 'Article 7(1)'),
    'carbon footprint declaration',
    NOT_TO_BE_FILLED,
    'carbonFootprintClass',
    footprint('kgCO2ePerKWh'),
    footprint('perLifeCycleStage'),
    footprint('study'),
    footprint('declaration'),
    footprint('calculationRules'),
  ),
  row(
    point1('c', 'Article 7(2)'),
    'carbon footprint performance class',
    NOT_TO_BE_FILLED,
    'carbonFootprintClass',
    footprint('performanceClass'),
  ),
  row(
    point1('d', 'Article 52(3)'),
    'report on battery due diligence policies',
    NOT_TO_BE_FILLED,
    'dueDiligenceUrl',
    '/product/dueDiligenceReports',
  ),
  row(
    point1('d', 'Article 52(3)'),
    'summary report of the third-party verifications',
    NOT_TO_BE_FILLED,
    'dueDiligenceUrl',
    '/product/thirdPartyVerifications',
  ),
  ...(['Cobalt', 'Lithium', 'Nickel', 'Lead'] as const).map((metal) =>
    row(
      point1('e', 'Article 8(1)'),
      `recycled content: ${metal.toLowerCase()}`,
      MANDATORY,
      `recycledContent${metal}Pct`,
      `/product/recycledContent${metal}Percent`,
    ),
  ),
  row(
    point1('f'),
    'share of renewable content',
    MANDATORY,
    'renewableContentPct',
    '/product/renewableContentPercent',
  ),
  row(
    point1('g'),
    'rated capacity (in Ah)',
    NOT_TO_BE_FILLED,
    'ratedCapacityAh',
    '/product/ratedCapacityAh',
  ),
  row(point1('h'), 'minimal voltage', MANDATORY, 'minimalVoltageV', '/product/minimumVoltageV'),
  row(point1('h'), 'nominal voltage', MANDATORY, 'nominalVoltageV', '/product/nominalVoltageV'),
  row(point1('h'), 'maximum voltage', MANDATORY, 'maximumVoltageV', '/product/maximumVoltageV'),
  row(
    point1('h'),
    'temperature range of the voltages, when relevant',
    CONDITIONAL,
    null,
    '/product/voltageTemperatureRange',
  ),
  row(
    point1('i'),
    'original power capability (in Watts)',
    MANDATORY,
    'originalPowerCapabilityW',
    '/product/originalPowerCapabilityW',
  ),
  row(
    point1('i'),
    'power limit: minimum',
    MANDATORY,
    'powerLimitMinW',
    '/product/minimumPowerLimitW',
  ),
  row(
    point1('i'),
    'power limit: maximum',
    MANDATORY,
    'powerLimitMaxW',
    '/product/maximumPowerLimitW',
  ),
  row(
    point1('i'),
    'temperature range of the power limits, when relevant',
    CONDITIONAL,
    null,
    '/product/powerTemperatureRange',
  ),
  row(
    point1('j'),
    'expected battery lifetime expressed in cycles',
    CYCLED,
    'expectedLifetimeCycles',
    '/product/expectedLifetimeCycles',
  ),
  row(
    point1('j'),
    'reference test used for the expected lifetime',
    CYCLED,
    'expectedLifetimeReferenceTest',
    '/product/expectedLifetimeReferenceTest',
  ),
  row(
    point1('k'),
    'capacity threshold for exhaustion (electric vehicle batteries only)',
    EV_ONLY,
    'capacityThresholdForExhaustionPct',
    '/product/capacityThresholdForExhaustionPercent',
  ),
  row(
    point1('l'),
    'temperature range the battery can withstand when not in use',
    MANDATORY,
    'notInUseTemperatureRange',
    '/product/temperatureRangeNotInUse',
  ),
  row(
    point1('l'),
    'reference test of that temperature range',
    MANDATORY,
    'notInUseTemperatureReferenceTest',
    '/product/temperatureRangeNotInUseReferenceTest',
  ),
  row(
    point1('m'),
    'period for which the commercial warranty for the calendar life applies',
    CONDITIONAL,
    'commercialWarrantyPeriodMonths',
    '/product/commercialWarrantyPeriod',
  ),
  row(
    point1('n'),
    'initial round trip energy efficiency',
    CYCLED,
    'initialRoundTripEfficiencyPct',
    '/product/initialRoundTripEfficiencyPercent',
  ),
  row(
    point1('n'),
    'round trip energy efficiency at 50 % of cycle-life',
    CYCLED,
    'roundTripEfficiencyAtHalfCycleLifePct',
    '/product/roundTripEfficiencyAtHalfCycleLifePercent',
  ),
  row(
    point1('o'),
    'internal battery cell resistance',
    MANDATORY,
    'internalCellResistanceMohm',
    '/product/internalCellResistanceOhm',
  ),
  row(
    point1('o'),
    'internal battery pack resistance',
    MANDATORY,
    'internalPackResistanceMohm',
    '/product/internalPackResistanceOhm',
  ),
  row(
    point1('p'),
    'C-rate of the relevant cycle-life test: charge',
    CYCLED,
    'cycleLifeTestCRate',
    '/product/cycleLifeTestChargeCRate',
  ),
  row(
    point1('p'),
    'C-rate of the relevant cycle-life test: discharge',
    CYCLED,
    'cycleLifeTestCRate',
    '/product/cycleLifeTestDischargeCRate',
  ),
  row(
    point1('q', 'Article 13(4)'),
    'marking: separate collection symbol',
    MANDATORY,
    'markingInformation',
    '/product/hasSeparateCollectionSymbol',
  ),
  row(
    point1('q', 'Article 13(5)'),
    'marking: chemical symbols for cadmium and lead',
    CONDITIONAL,
    'hazardSymbol',
    '/product/chemicalSymbols',
  ),
  row(
    point1('r', 'Article 18'),
    'EU declaration of conformity',
    MANDATORY,
    'euDeclarationOfConformity',
    '/product/euDeclarationOfConformity',
  ),
  wasteRow('a', 'role of end-users in waste prevention', 'wastePrevention'),
  wasteRow('b', 'role of end-users in separate collection', 'separateCollection'),
  wasteRow('c', 'separate collection, take-back, treatment available', 'collectionAndTreatment'),
  wasteRow('d', 'safety instructions to handle waste batteries', 'safetyInstructions'),
  wasteRow('e', 'meaning of the labels and symbols', 'meaningOfLabels'),
  wasteRow('f', 'impact of substances on environment and health', 'impactOfSubstances'),
]
