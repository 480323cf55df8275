import { type AnyCredential, type Change, MODEL_ID } from '../../support/consortium.ts'

/** The batch that batch passports are about. */
export const BATCH_ID = `${MODEL_ID}/10/B2026-09`

/** A passport of the model itself. */
export function modelPassport(change: Change = {}): Change {
  return ofGranularity('model', { id: MODEL_ID, model: MODEL_ID }, change)
}

/** A passport of a batch. */
export function batchPassport(change: Change = {}): Change {
  return ofGranularity('batch', { id: BATCH_ID, batch: BATCH_ID }, change)
}

function ofGranularity(granularity: 'model' | 'batch', ids: object, change: Change): Change {
  return {
    ...change,
    subject: { granularity, ...ids, ...change.subject },
    alter: (credential) => {
      const scoped = inSubject(credential, (subject) => {
        const { manufacturedOn: _, ...others } = subject
        const score: { scope?: object } = Object(subject.score)
        return { ...others, score: { ...score, scope: { ...score.scope, granularity } } }
      })
      return change.alter?.(scoped) ?? scoped
    },
  }
}

/** A credential with another subject. */
export function inSubject(
  credential: AnyCredential,
  change: (subject: Readonly<Record<string, unknown>>) => object,
): AnyCredential {
  return { ...credential, credentialSubject: change(Object(credential.credentialSubject)) }
}

/** A change of the claimed score, before it is signed. */
export function claiming(change: (score: Readonly<Record<string, unknown>>) => object): Change {
  return {
    alter: (credential) =>
      inSubject(credential, (subject) => ({ ...subject, score: change(Object(subject.score)) })),
  }
}
