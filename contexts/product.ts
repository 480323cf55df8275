import { type Static, type TProperties, Type } from '@sinclair/typebox'
import { LinkedDocuments } from './document.ts'
import { RegisteredId } from './identity.ts'
import { CHEMICAL_SYMBOLS, LIFE_CYCLE_STAGES, WARRANTY_UNITS } from './names.ts'
import { Substances } from './substance.ts'
import {
  Count,
  Country,
  closed,
  DecimalString,
  NonNegativeDecimal,
  oneOf,
  Percent,
  Text,
  Uri,
} from './values.ts'

/** Every member may be absent, but an object without any says nothing and is refused. */
function parts<P extends TProperties>(properties: P) {
  return Type.Partial(Type.Object(properties, closed), { ...closed, minProperties: 1 })
}

const RegisteredIds = Type.Array(RegisteredId, { minItems: 1, maxItems: 16 })

/** Who made the battery and how to reach them (Article 38(7)); the DID stands on the subject. */
export const ManufacturerInformation = parts({
  legalName: Text,
  tradeName: Text,
  postalAddress: parts({ streetAddress: Text, postalCode: Text, locality: Text, country: Country }),
  webAddress: Uri,
  emailAddress: Type.String({ pattern: '^[\\x21-\\x3f\\x41-\\x7e]+@[a-z0-9.-]+$', maxLength: 254 }),
  registeredIds: RegisteredIds,
})
export type ManufacturerInformation = Static<typeof ManufacturerInformation>

/** The plant the battery comes from (Annex VI Part A point 3). */
export const ManufacturingPlace = parts({
  facility: Uri,
  locality: Text,
  country: Country,
  registeredIds: RegisteredIds,
})
export type ManufacturingPlace = Static<typeof ManufacturingPlace>

/** A range of temperatures in degrees Celsius, both ends inside. */
export const TemperatureRange = Type.Object(
  { minimumCelsius: DecimalString, maximumCelsius: DecimalString },
  closed,
)
export type TemperatureRange = Static<typeof TemperatureRange>

/** The test a stated value rests on, by its standard. */
export const ReferenceTest = Type.Object(
  { standard: Text, edition: Type.Optional(Text), documents: Type.Optional(LinkedDocuments) },
  closed,
)
export type ReferenceTest = Static<typeof ReferenceTest>

/**
 * The carbon footprint declaration (Article 7(1)) and performance class (Article 7(2)), in
 * kgCO2e per kWh of the total energy provided over the expected service life. Removals may make
 * the contribution of a stage negative.
 */
export const CarbonFootprint = parts({
  kgCO2ePerKWh: DecimalString,
  perLifeCycleStage: Type.Array(
    Type.Object({ stage: oneOf(LIFE_CYCLE_STAGES), kgCO2ePerKWh: DecimalString }, closed),
    { minItems: 1, maxItems: LIFE_CYCLE_STAGES.length },
  ),
  performanceClass: Text,
  study: LinkedDocuments,
  declaration: LinkedDocuments,
  calculationRules: LinkedDocuments,
})
export type CarbonFootprint = Static<typeof CarbonFootprint>

/** Prevention and management of waste batteries: Article 74(1), points (a) to (f), in this order. */
export const WasteBatteryInformation = parts({
  wastePrevention: LinkedDocuments,
  separateCollection: LinkedDocuments,
  collectionAndTreatment: LinkedDocuments,
  safetyInstructions: LinkedDocuments,
  meaningOfLabels: LinkedDocuments,
  impactOfSubstances: LinkedDocuments,
})
export type WasteBatteryInformation = Static<typeof WasteBatteryInformation>

/**
 * The public data of the battery model: Annex XIII point 1 of Regulation (EU) 2023/1542. The unit
 * is the end of the member's name or stands beside the value. What the passport's subject already
 * says (category, chemistry, manufacturer, day of manufacture) is not repeated. `annex-xiii.ts`
 * says which point each member answers; the completeness report says which are missing.
 */
export const ProductData = Type.Partial(
  Type.Object(
    {
      manufacturerInformation: ManufacturerInformation,
      modelIdentifier: Text,
      batchNumber: Text,
      serialNumber: Text,
      manufacturingPlace: ManufacturingPlace,
      manufacturingMonth: Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' }),
      weightKg: NonNegativeDecimal,
      nominalCapacityAh: NonNegativeDecimal,
      chemistryDesignation: Text,
      hazardousSubstances: Substances,
      usableExtinguishingAgents: Type.Array(
        Type.Object(
          {
            agent: Text,
            fireClass: Type.Optional(Text),
            documents: Type.Optional(LinkedDocuments),
          },
          closed,
        ),
        { minItems: 1, maxItems: 16 },
      ),
      criticalRawMaterials: Substances,
      materialComposition: Substances,
      carbonFootprint: CarbonFootprint,
      dueDiligenceReports: LinkedDocuments,
      thirdPartyVerifications: LinkedDocuments,
      recycledContentCobaltPercent: Percent,
      recycledContentLithiumPercent: Percent,
      recycledContentNickelPercent: Percent,
      recycledContentLeadPercent: Percent,
      renewableContentPercent: Percent,
      ratedCapacityAh: NonNegativeDecimal,
      minimumVoltageV: NonNegativeDecimal,
      nominalVoltageV: NonNegativeDecimal,
      maximumVoltageV: NonNegativeDecimal,
      voltageTemperatureRange: TemperatureRange,
      originalPowerCapabilityW: NonNegativeDecimal,
      minimumPowerLimitW: NonNegativeDecimal,
      maximumPowerLimitW: NonNegativeDecimal,
      powerTemperatureRange: TemperatureRange,
      expectedLifetimeCycles: Count,
      expectedLifetimeReferenceTest: ReferenceTest,
      capacityThresholdForExhaustionPercent: Percent,
      temperatureRangeNotInUse: TemperatureRange,
      temperatureRangeNotInUseReferenceTest: ReferenceTest,
      commercialWarrantyPeriod: Type.Object({ value: Count, unit: oneOf(WARRANTY_UNITS) }, closed),
      initialRoundTripEfficiencyPercent: Percent,
      roundTripEfficiencyAtHalfCycleLifePercent: Percent,
      internalCellResistanceOhm: NonNegativeDecimal,
      internalPackResistanceOhm: NonNegativeDecimal,
      cycleLifeTestChargeCRate: NonNegativeDecimal,
      cycleLifeTestDischargeCRate: NonNegativeDecimal,
      hasSeparateCollectionSymbol: Type.Boolean(),
      chemicalSymbols: Type.Array(oneOf(CHEMICAL_SYMBOLS), {
        maxItems: CHEMICAL_SYMBOLS.length,
        uniqueItems: true,
      }),
      euDeclarationOfConformity: parts({
        identificationNumber: Text,
        documents: LinkedDocuments,
      }),
      wasteBatteryInformation: WasteBatteryInformation,
    },
    closed,
  ),
  { ...closed, title: 'ProductData' },
)
export type ProductData = Static<typeof ProductData>
