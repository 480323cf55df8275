import type { DeliveryAnswer, Finding, Severity } from '@battery-passport/verifier'
import { shortened, wrap } from '../report/layout.ts'
import { plain } from '../report/plain.ts'
import type { Style } from '../report/style.ts'

/** So many reasons are told of a line; its own verdict has the others. */
const REASONS = 3

/** Of what was expected and found so much is shown. */
const SHOWN = 80

/** A line that was not accepted, as a person reads it: which, what it is, and why not. */
export function lineReport(
  line: number,
  { outcome, battery, brief }: DeliveryAnswer,
  style: Style,
): string {
  const [severity, word]: readonly [Severity, string] =
    outcome === 'rejected'
      ? ['error', style.bad('REJECTED')]
      : ['unknown', style.unsure('INDETERMINATE')]
  const reasons = new Map<string, Finding>()
  for (const finding of brief?.findings ?? []) {
    const isFirst = finding.severity === severity && !reasons.has(finding.code)
    if (isFirst) reasons.set(finding.code, finding)
  }
  const shown = [...reasons.values()].slice(0, REASONS)
  const others = reasons.size - shown.length
  return [
    `line ${line} ${word}`,
    ...(battery === null ? [] : [wrap(plain(battery), '  of  ', '      ')]),
    ...shown.map((each) => wrap(plain(reasonText(each)), `  ${each.code}: `, '      ')),
    ...(others === 0 ? [] : [`  and for ${others} more reason${others === 1 ? '' : 's'}`]),
    '',
  ].join('\n')
}

function reasonText({ detail, credential, pointer, expected, found }: Finding): string {
  const place = [pointer, credential].filter((part) => part !== '').join(' of ')
  const facts = [
    ...(expected === undefined ? [] : [`expected ${shortened(expected, SHOWN)}`]),
    ...(found === undefined ? [] : [`found ${shortened(found, SHOWN)}`]),
    ...(place === '' ? [] : [`at ${place}`]),
  ]
  return facts.length === 0 ? detail : `${detail.replace(/\.$/, '')}: ${facts.join(', ')}`
}
