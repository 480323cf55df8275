import { type Category, type ProductData, productFaults } from '@battery-passport/contexts'
import { mapCharacteristics } from './characteristics.ts'
import { mapFootprint } from './footprint.ts'
import {
  categoryOf,
  chemistryOf,
  type Identifiers,
  identifiersOf,
  manufacturedOnOf,
  mapMaker,
} from './identification.ts'
import { readLeaves, UnreadableDocumentError } from './leaves.ts'
import { mapMaterials } from './materials.ts'
import { mapPerformance } from './performance.ts'
import { reasonOf } from './reasons.ts'
import { type CatenaXFault, type Mapped, type NotMapped, Source } from './source.ts'
import { mapStatements } from './statements.ts'

/** The one version of the data model the mapping reads. */
export const CATENA_X_VERSION = 'urn:io.catenax.battery.battery_pass:6.1.0'

/** A document that could be mapped; every one of its values is in `mapped` or in `notMapped`. */
export interface MappedCatenaX extends Identifiers {
  readonly ok: true
  readonly category: Category
  /** Undefined where the document names none that is known, or several. */
  readonly chemistry?: string
  readonly manufacturedOn?: string
  /** What is true of the model; batch and serial number stand beside it. */
  readonly product: ProductData
  readonly mapped: readonly Mapped[]
  readonly notMapped: readonly NotMapped[]
}

/** A document that could not, with everything that must be mended. */
export interface RefusedCatenaX {
  readonly ok: false
  readonly faults: readonly CatenaXFault[]
}

/**
 * Maps the text of a Catena-X BatteryPass 6.1.0 document to public product data (Annex XIII point
 * 1). Numbers keep the digits they are written with; units are converted exactly. Nothing is lost
 * silently: what is not public, or not certain, is listed with the reason.
 */
export function fromCatenaX(text: string): MappedCatenaX | RefusedCatenaX {
  try {
    const source = new Source(readLeaves(text))
    const version = versionFault(source)
    return version === null ? mapDocument(source) : { ok: false, faults: [version] }
  } catch (error) {
    if (!(error instanceof UnreadableDocumentError)) throw error
    const { pointer, expected, found } = error
    const remedy = 'give the battery pass as one JSON document (UTF-8)'
    return { ok: false, faults: [{ pointer, expected, found, remedy }] }
  }
}

/** Whether a text is a Catena-X document of any kind: its `specVersion` is a Catena-X name. */
export function isCatenaX(text: string): boolean {
  try {
    return /^urn:([bs]amm:)?io\.catenax\./.test(versionOf(new Source(readLeaves(text))) ?? '')
  } catch (error) {
    if (error instanceof UnreadableDocumentError) return false
    throw error
  }
}

const versionOf = (source: Source) =>
  source.text('/specVersion') ?? source.text('/metadata/specVersion')

function versionFault(source: Source): CatenaXFault | null {
  const version = versionOf(source)
  if (version === CATENA_X_VERSION) return null
  return {
    pointer:
      source.isThere('/specVersion') || version === undefined
        ? '/specVersion'
        : '/metadata/specVersion',
    expected: JSON.stringify(CATENA_X_VERSION),
    found: version === undefined ? 'no version' : JSON.stringify(version.slice(0, 80)),
    remedy: 'export the battery pass in version 6.1.0 of the Catena-X data model',
  }
}

function mapDocument(source: Source): MappedCatenaX | RefusedCatenaX {
  const product: ProductData = {}
  const category = categoryOf(source)
  const chemistry = chemistryOf(source, product)
  const manufacturedOn = manufacturedOnOf(source)
  const identifiers = identifiersOf(source, product)
  mapMaker(source, product)
  mapCharacteristics(source, product)
  mapMaterials(source, product)
  mapStatements(source, product)
  mapFootprint(source, product)
  mapPerformance(source, product, category)
  const { mapped, notMapped } = source
  const faults = [...source.faults, ...shapeFaults(product, mapped)]
  if (category === undefined || faults.length > 0) return { ok: false, faults }
  source.leaveRest(reasonOf)
  return {
    ok: true,
    category,
    ...(chemistry === undefined ? {} : { chemistry }),
    ...(manufacturedOn === undefined ? {} : { manufacturedOn }),
    ...identifiers,
    product,
    mapped,
    notMapped,
  }
}

/** What the schema of the product data refuses, said where it stands in the source. */
function shapeFaults(product: ProductData, mapped: readonly Mapped[]): CatenaXFault[] {
  return productFaults(product).map(({ pointer, expected, found }) => {
    const to = `/product${pointer}`
    const origin = mapped.find((entry) => entry.to === to || entry.to.startsWith(`${to}/`))
    return {
      pointer: origin?.from ?? '',
      expected: `${expected} (for ${to})`,
      found,
      remedy: 'correct the value in the battery pass',
    }
  })
}
