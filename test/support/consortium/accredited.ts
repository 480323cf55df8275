import type { Parties, Party } from './parties.ts'
import { coveredKey } from './registered.ts'
import type { Signed } from './signed.ts'
import { asksOf, isEnvironmental, type World } from './world.ts'

/**
 * The subject of an honest accreditation.
 *
 * @param above what it rests on; none for that of the accreditation body, by the scheme owner
 */
export function accreditedSubject(
  body: Party,
  world: World,
  above: Signed<'VerifierAccreditation'> | undefined,
): object {
  const isDelegator = body === world.parties.accreditationBody
  return {
    id: body.did,
    type: 'AccreditedVerifier',
    legalName: body.legalName,
    lei: body.lei,
    ultimateParentLei: body.ultimateParentLei,
    keys: [coveredKey(body)],
    scope: scopeOf(body, world),
    mayDelegate: isDelegator,
    ...(isDelegator || above === undefined ? {} : { accreditedBy: above.reference }),
    standard: isDelegator ? 'ISO/IEC 17011:2017' : 'ISO/IEC 17029:2019',
    registrationNumber: `FICT-${body.key}`,
  }
}

const FACILITY_STAGES = ['mining', 'refining', 'active-material', 'cell', 'pack', 'recycling']

/** One entry for each rulebook the body attests, or, for the accreditation body, accredits for. */
function scopeOf(body: Party, { parties, method }: World): readonly object[] {
  const kind = kindOf(body, parties)
  return method.rulebooks
    .filter(({ rulebook }) =>
      kind === 'delegator' || kind === 'product'
        ? kind === 'delegator' || asksOf(rulebook, [{ stage: 'product' }])
        : isEnvironmental(rulebook.key) === (kind === 'climate'),
    )
    .map(({ rulebook, digestMultibase }) => ({
      rulebook: rulebook.key,
      rulebookDigests: [digestMultibase],
      engagementTypes: ['verification'],
      materials: ['*'],
      ...SCOPES[kind],
    }))
}

const SCOPES = {
  delegator: {
    assuranceLevels: ['limited', 'reasonable'],
    subjectTypes: ['Facility', 'Battery'],
    stages: ['*'],
    countries: ['*'],
  },
  climate: {
    assuranceLevels: ['limited', 'reasonable'],
    subjectTypes: ['Facility'],
    stages: FACILITY_STAGES,
    countries: ['*'],
  },
  social: {
    assuranceLevels: ['limited'],
    subjectTypes: ['Facility'],
    stages: FACILITY_STAGES,
    countries: ['CL', 'FI', 'HU', 'DE'],
  },
  product: {
    assuranceLevels: ['limited', 'reasonable'],
    subjectTypes: ['Battery'],
    stages: ['product'],
    countries: ['*'],
  },
} as const

function kindOf(body: Party, parties: Parties): keyof typeof SCOPES {
  if (body === parties.accreditationBody) return 'delegator'
  if (body === parties.climateBody) return 'climate'
  return body === parties.socialBody ? 'social' : 'product'
}
