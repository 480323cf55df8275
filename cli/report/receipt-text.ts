import type { VerificationReceipt } from '@battery-passport/contexts'
import { fields } from './layout.ts'
import { plain } from './plain.ts'
import { scoreReport } from './score-report.ts'

/** So many codes, or digests of what was added, are named. */
const NAMED = 12

/** What a receipt says, as a person reads it; nothing of it is checked here. */
export function receiptText({
  id,
  issuer,
  validFrom,
  validUntil,
  credentialSubject: subject,
}: VerificationReceipt): string {
  const { outcome, passport, battery, added, anchors, codes, statusAsOf, score } = subject
  const named = (values: readonly string[]) =>
    [
      ...values.slice(0, NAMED),
      ...(values.length > NAMED ? [`and ${values.length - NAMED} more; --json names them`] : []),
    ].join(', ')
  return [
    fields(
      [
        ['Receipt', id],
        ['Signed by', issuer],
        ['Outcome', outcome],
        ['Battery', battery ?? 'none could be read'],
        ...(passport === undefined
          ? []
          : [['Passport', `${passport.id} (${passport.digestMultibase})`] as const]),
        ['Judged at', `${subject.at}; verified at ${subject.verifiedAt}`],
        ['Lists', statusAsOf === undefined ? 'none was used' : `the oldest of ${statusAsOf}`],
        ['Valid', `${validFrom} to ${validUntil}`],
        ['Input', subject.input.digestMultibase],
        [
          'Added',
          added.length === 0 ? 'nothing' : named(added.map((each) => each.digestMultibase)),
        ],
        ['Policy', subject.policy.digestMultibase],
        ['Anchors', named(anchors.map(({ id: did, role }) => `${role} ${did}`))],
        ['Codes', named(codes.map(({ code, severity }) => `${severity} ${code}`)) || 'none'],
        ['Verifier', `${subject.verifier.name} ${subject.verifier.version}`],
      ].map(([name = '', value = '']) => [name, plain(value)] as const),
    ),
    ...(score === undefined ? [] : ['', scoreReport(score)]),
  ].join('\n')
}
