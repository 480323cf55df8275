import { replaced } from '../edit.ts'
import type { Family } from '../studio.ts'

/** What is not JSON, and numbers that not every reader holds exactly. */
export const syntax: Family = async ({ honest }, { accepted, rejected }) => {
  const text = Buffer.from(honest).toString()
  const share = '"share":10000'
  const refuse = (name: string, why: string, input: string) =>
    rejected(name, 'JSON_INVALID', why, { input })

  await accepted('white-space', 'White space between tokens is no part of what was signed.', {
    input: `\r\n${JSON.stringify(JSON.parse(text), null, '\t')}\n `,
  })

  const texts: readonly [string, string, string][] = [
    ['truncated', 'The end of the text is missing.', text.slice(0, -40)],
    ['trailing-text', 'Text after the end, at which lenient readers never look.', `${text}x`],
    ['comment', 'A comment, which JSON does not have.', replaced(text, '{', '{/* a comment */')],
    ['no-break-space', 'A no-break space, which is no white space of JSON.', `\xA0${text}`],
  ]
  for (const [name, why, input] of texts) await refuse(name, why, input)

  await accepted('member-order', 'The order of members is no part of what was signed.', {
    input: reversed(text),
  })

  const numbers: readonly [string, string, string][] = [
    ['null', 'null', 'A null, which may mean absent, unknown or nothing.'],
    ['fraction', '10000.0', 'A number with a fraction: readers round differently.'],
    ['exponent', '1e4', 'A number with an exponent is a floating-point number.'],
    ['minus-zero', '-0', 'A negative zero: zero has one form.'],
    ['two-to-53-and-one', '9007199254740993', '2^53 + 1, which many readers take for 2^53.'],
  ]
  for (const [name, value, why] of numbers) {
    await refuse(`number-${name}`, why, replaced(text, share, `"share":${value}`))
  }

  await accepted('in-any-order', 'The credentials after the passport may stand in any order.', {
    input: withOthersReversed(text),
  })
  for (const [name, root] of [
    ['root-array', `[${text}]`],
    ['root-string', '"a passport"'],
    ['root-empty-object', '{}'],
  ] as const) {
    const codes =
      name === 'root-empty-object' ? ['CONTEXT_NOT_ALLOWED', 'PROOF_MISSING', 'SCHEMA'] : 'SCHEMA'
    await rejected(name, codes, 'Only an object can be a credential or a presentation.', {
      input: root,
    })
  }
}

/** Every object with its members the other way round. */
function reversed(text: string): string {
  return JSON.stringify(
    JSON.parse(text, (_, value: unknown) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).reverse())
        : value,
    ),
  )
}

function withOthersReversed(text: string): string {
  const presentation: { readonly verifiableCredential: readonly unknown[] } = JSON.parse(text)
  const [passport, ...others] = presentation.verifiableCredential
  return JSON.stringify({ ...presentation, verifiableCredential: [passport, ...others.reverse()] })
}
