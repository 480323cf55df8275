import { type ChainLink, FINDING_KINDS, type Finding, type Whose } from '@battery-passport/verifier'
import type { CredentialLabels } from './credential-labels.ts'
import { percent, points } from './figures.ts'
import { wrap } from './layout.ts'
import { plain } from './plain.ts'
import type { Style } from './style.ts'

const STYLES = { error: 'bad', unknown: 'unsure', warning: 'unsure', note: 'faint' } as const

/** Who mends it, in words that need no knowledge of the codes. */
const WHOSE: Readonly<Record<Whose, string>> = {
  issuer: 'its issuer',
  'assurance-body': 'the assurance body that attested it',
  scheme: 'the scheme or its accreditation body',
  holder: 'whoever gave it to you',
  verifier: 'you',
  network: 'whoever runs the service that did not answer',
}

/** What a report on findings is written with. */
export interface FindingsDeps {
  readonly chain: readonly ChainLink[]
  readonly labels: CredentialLabels
  readonly style: Style
  /** The name of the added file with that number. */
  readonly fileOf: (index: number) => string | undefined
}

/** Severity, code and title. */
export function headOf({ severity, code }: Finding, { style }: FindingsDeps): string {
  const head = `${severity} ${code}`
  const { title } = FINDING_KINDS[code]
  return wrap(`${title}.`, `  ${head}: `, '    ').replace(head, style[STYLES[severity]](head))
}

/** What to do, and whose job that is. */
export function duties({ remedy, whose }: Finding): readonly string[] {
  return [labelled('to do', remedy), labelled('who', WHOSE[whose])]
}

/** What was expected and found, as far as it is asked for. */
export function comparison(finding: Finding, names: readonly ('expected' | 'found')[]): string[] {
  return names.map((name) => {
    const text = finding[name]
    return labelled(name, finding.code === 'POLICY_MINIMUM' ? inBothUnits(text, finding) : text)
  })
}

/** A policy counts in basis points, the report shows a score of 100 and percent. */
function inBothUnits(text: string, { pointer }: Finding): string {
  return text.replace(/\d+/, (digits) => {
    const figure = Number(digits)
    const shown = pointer.endsWith('/value') ? `${points(figure)} of 100` : percent(figure)
    return `${digits} basis points (${shown})`
  })
}

/** A line of a finding with its name before it. */
export function labelled(name: string, text: string): string {
  return wrap(plain(text), `    ${(name && `${name}:`).padEnd(10)}`)
}
