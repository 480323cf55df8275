import { digestOfDocument, jcs } from '@battery-passport/contexts'
import {
  climateRulebook,
  labourRulebook,
  smallMethodDocument,
} from '../../support/consortium/small-method.ts'
import type { Consortium } from '../../support/consortium.ts'

/** A method or rulebook that a policy pins, as it stands beside it. */
export interface RulebookFile {
  readonly kind: 'method' | 'rulebook'
  readonly name: string
  readonly document: object
  readonly text: string
}

function file(kind: RulebookFile['kind'], name: string, document: object): RulebookFile {
  return { kind, name, document, text: jcs(document) }
}

/** What stands beside every policy: nothing is shared between folders. */
export const RULEBOOK_FILES: readonly RulebookFile[] = [
  file('method', 'method.json', smallMethodDocument),
  file('rulebook', 'small-climate.json', climateRulebook),
  file('rulebook', 'small-labour.json', labourRulebook),
]

/** How a policy names the method. */
export const METHOD_PIN = {
  key: smallMethodDocument.key,
  version: smallMethodDocument.version,
  digestMultibase: digestOfDocument(smallMethodDocument),
  file: 'method.json',
} as const

/** How a policy names the rulebooks that the method pins. */
export const RULEBOOK_PINS = RULEBOOK_FILES.filter(({ kind }) => kind === 'rulebook').map(
  ({ name, document }) => ({ digestMultibase: digestOfDocument(document), file: name }),
)

/** How a policy names the one anchor of the honest chain. */
export function schemeAnchor({ parties }: Consortium) {
  return {
    did: parties.schemeOwner.did,
    role: 'scheme-owner',
    validFrom: '2020-01-01T00:00:00Z',
    validUntil: '2039-12-31T23:59:59Z',
  }
}

/** The policy of a buyer who trusts the scheme owner, with members put over it. */
export function policyOf(
  consortium: Consortium,
  overrides: Readonly<Record<string, unknown>> = {},
): object {
  const policy = {
    anchors: [schemeAnchor(consortium)],
    passportIssuers: 'registered',
    methods: [METHOD_PIN],
    rulebooks: RULEBOOK_PINS,
    allowIllustrative: true,
    minimums: { overall: { coverage: 100 } },
    statusMaximumAgeSeconds: 7 * 86_400,
    ...overrides,
  }
  return Object.fromEntries(Object.entries(policy).filter(([, value]) => value !== undefined))
}
