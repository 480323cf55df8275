import {
  type Concentration,
  SUBSTANCE_SCHEMES,
  type Substance,
  type SubstanceIdentifier,
} from '@battery-passport/contexts'
import { linkedDocuments } from './linked-documents.ts'
import type { Source } from './source.ts'

const CONCENTRATION_UNITS: Readonly<Record<string, Concentration['unit']>> = {
  'unit:percent': 'percent',
  'unit:percentVolume': 'percent-by-volume',
  'unit:partPerThousand': 'per-mille',
  'unit:partPerMillion': 'parts-per-million',
  'unit:partPerBillionUs': 'parts-per-billion',
  'unit:partPerTrillionUs': 'parts-per-trillion',
}

const DETAILED_COMPOSITION =
  'where a material is placed belongs to the detailed composition: not public (Annex XIII point 2(a))'

/** How one list of the Catena-X document writes its materials. */
export interface Form {
  readonly identification: string
  readonly unit: string
  /** Whether the location may be public. */
  readonly located: boolean
}

/** The substance at a pointer, with what is mapped noted under `to`; undefined if it has no name. */
export function substanceAt(
  source: Source,
  from: string,
  form: Form,
  to: string,
  knownName?: string,
): Substance | undefined {
  const named = source
    .entries(`${from}/${form.identification}`)
    .find((entry) => source.text(`${entry}/name`) !== undefined)
  const name = knownName ?? (named === undefined ? undefined : source.text(`${named}/name`))
  if (name === undefined) {
    source.leave(from, 'the material has no name')
    return undefined
  }
  if (knownName === undefined) source.map(`${named}/name`, `${to}/name`)
  const identifiers = identifiersAt(source, `${from}/${form.identification}`, to)
  const concentration = concentrationAt(source, from, form, to)
  const location = form.located ? source.text(`${from}/location`) : undefined
  if (form.located) source.map(`${from}/location`, `${to}/location`)
  else source.leave(`${from}/location`, DETAILED_COMPOSITION)
  const critical = source.flag(`${from}/critical`)
  source.map(`${from}/critical`, `${to}/isCriticalRawMaterial`)
  const recycled = source.decimal(`${from}/recycled`)
  source.map(`${from}/recycled`, `${to}/recycledPercent`)
  const renewable = source.decimal(`${from}/renewable`)
  source.map(`${from}/renewable`, `${to}/renewablePercent`)
  const documents = linkedDocuments(source, `${from}/documentation`, `${to}/documents`)
  return {
    name,
    ...(identifiers === undefined ? {} : { substanceIdentifiers: identifiers }),
    ...(concentration === undefined ? {} : { concentration }),
    ...(location === undefined ? {} : { location }),
    ...(critical === undefined ? {} : { isCriticalRawMaterial: critical }),
    ...(recycled === undefined ? {} : { recycledPercent: recycled }),
    ...(renewable === undefined ? {} : { renewablePercent: renewable }),
    ...(documents === undefined ? {} : { documents }),
  }
}

function identifiersAt(
  source: Source,
  from: string,
  to: string,
): SubstanceIdentifier[] | undefined {
  const identifiers: SubstanceIdentifier[] = []
  for (const entry of source.entries(from)) {
    const type = source.text(`${entry}/type`)
    const value = source.text(`${entry}/id`)
    const name = source.text(`${entry}/name`)
    const scheme = SUBSTANCE_SCHEMES.find((known) => known === type)
    if (scheme === undefined || value === undefined) {
      source.fault(
        `${entry}/type`,
        `one of ${SUBSTANCE_SCHEMES.join(', ')}, with an id`,
        'state the type and the id of the substance',
      )
      continue
    }
    const at = `${to}/substanceIdentifiers/${identifiers.length}`
    identifiers.push({ scheme, value, ...(name === undefined ? {} : { name }) })
    source.map(`${entry}/type`, `${at}/scheme`)
    source.map(`${entry}/id`, `${at}/value`)
    source.map(`${entry}/name`, `${at}/name`)
  }
  return identifiers.length > 0 ? identifiers : undefined
}

function concentrationAt(
  source: Source,
  from: string,
  form: Form,
  to: string,
): Concentration | undefined {
  const value = source.decimal(`${from}/concentration`)
  const name = source.text(`${from}/${form.unit}`)
  if (value === undefined) return undefined
  const unit =
    name !== undefined && Object.hasOwn(CONCENTRATION_UNITS, name)
      ? CONCENTRATION_UNITS[name]
      : undefined
  if (unit === undefined) {
    source.fault(
      `${from}/${form.unit}`,
      `one of ${Object.keys(CONCENTRATION_UNITS).join(', ')}`,
      'state the unit of the concentration',
    )
    return undefined
  }
  source.map(`${from}/concentration`, `${to}/concentration/value`)
  source.map(`${from}/${form.unit}`, `${to}/concentration/unit`)
  return { value, unit }
}
