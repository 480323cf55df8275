import type { ProblemDetails, ProofVerification } from '@battery-passport/keys'
import type { SecuredDocumentVerdict } from '@battery-passport/verifier'
import type { Complaint } from '../errors.ts'
import { complaintsText } from './complaints.ts'
import { wrap } from './layout.ts'
import { plain } from './plain.ts'
import type { Style } from './style.ts'

/** The verdict about any secured document, as a person reads it: each proof with its own result. */
export function proofsText(verdict: SecuredDocumentVerdict, file: string, style: Style): string {
  const { outcome } = verdict
  const head =
    outcome === 'verified'
      ? `${style.good(style.strong('VERIFIED'))}: every proof holds`
      : outcome === 'refused'
        ? `${style.bad(style.strong('REFUSED'))}: not every proof holds, or something else stands against it`
        : `${style.unsure(style.strong('INDETERMINATE'))}: something could not be checked`
  const complaints = problemsOf(verdict).map((each) => complaintOf(each, file))
  const trust = 'Who signed is named here; whether to trust them is yours to say.'
  return [
    head,
    '',
    ...linesOf(verdict, style),
    '',
    ...(complaints.length === 0 ? [] : [complaintsText(complaints)]),
    ...(outcome === 'verified' ? [wrap(trust), ''] : []),
  ].join('\n')
}

function linesOf(verdict: SecuredDocumentVerdict, style: Style): readonly string[] {
  const { kind, pointer, controller, proofs, warnings, credentials } = verdict
  const name = kind === 'unknown' ? 'document' : kind
  const party = controller === null ? '' : ` of ${plain(controller)}`
  return [
    wrap(`${name}${party}${pointer === '' ? '' : ` at ${plain(pointer)}`}`),
    ...proofs.map((proof) => proofLine(proof, style)),
    ...warnings.map((warning) => wrap(plain(warning), '  note: ')),
    ...credentials.flatMap((each) => linesOf(each, style)),
  ]
}

function proofLine(proof: ProofVerification, style: Style): string {
  const { verified, pointer, cryptosuite = 'signature', controller, created, previousProof } = proof
  const result = verified ? style.good('holds') : style.bad('fails')
  const said = [
    `${cryptosuite} by ${controller ?? 'nobody who can be told'}`,
    ...(created === undefined ? [] : [`at ${created}`]),
    ...(previousProof.length === 0 ? [] : [`after ${previousProof.join(', ')}`]),
  ]
  return `  ${result}  ${wrap(plain(`${pointer || 'JWT'}: ${said.join(', ')}`), '', ' '.repeat(9))}`
}

function problemsOf(verdict: SecuredDocumentVerdict): readonly ProblemDetails[] {
  const { errors, proofs, credentials } = verdict
  return [...errors, ...proofs.flatMap((proof) => proof.errors), ...credentials.flatMap(problemsOf)]
}

function complaintOf(problem: ProblemDetails, file: string): Complaint {
  const { title, detail, pointer, expected, found, remedy } = problem
  return {
    what: `${title}. ${detail}`,
    where: `${file} ${pointer}`.trim(),
    expected,
    found,
    remedy,
  }
}
