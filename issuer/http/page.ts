import { createHash } from 'node:crypto'
import { problemsOf } from './openapi.ts'
import type { Operation, Parameter } from './operation.ts'
import { PROBLEMS } from './problems.ts'

const STYLE = `:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}
h2{margin-top:2.5rem;border-top:1px solid;padding-top:1rem}
code{font:.9em ui-monospace,monospace}
table{border-collapse:collapse}
td,th{text-align:left;vertical-align:top;padding:.2rem 1rem .2rem 0}`

/** The page loads nothing and runs nothing: its one style is allowed by its hash. */
export const PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** A page for people that says what the OpenAPI document says to programs. */
export function operationsPage(operations: readonly Operation[], issuer: string): string {
  const contents = operations.map(
    ({ id, method, path, summary }) =>
      `<tr><td><a href="#${id}"><code>${method.toUpperCase()} ${text(path)}</code></a><td>${text(summary)}`,
  )
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Battery Passport issuer</title>
<style>${STYLE}</style>
<h1>Battery Passport issuer</h1>
<p>Passports issued here are signed by <code>${text(issuer)}</code>. Programs read <a href="openapi.json">openapi.json</a>.
<p>Bodies are strict JSON: UTF-8, no key twice, no null, no number with a fraction. Refusals are problem documents (RFC 9457) with a stable <code>code</code>, every wrong place as a JSON pointer, and every finding of the verifier.
<table>${contents.join('\n')}</table>
${operations.map(section).join('\n')}
</html>
`
}

function section(operation: Operation): string {
  const { id, method, path, summary, description, access, body } = operation
  const { params = [], query = [], headers = [] } = operation
  const parameters = [...params, ...query, ...headers]
  return `<h2 id="${id}"><code>${method.toUpperCase()} ${text(path)}</code></h2>
<p><b>${text(summary)}.</b> ${text(description)}
${access === 'token' ? '<p>Needs the header <code>Authorization: Bearer …</code>.' : ''}
${parameters.length === 0 ? '' : `<table><tr><th>Parameter<th>Meaning${parameters.map(row).join('')}</table>`}
${body === undefined ? '' : `<p>Body: <code>${text(body.schema)}</code> as ${body.mediaTypes.map(code).join(' or ')}, at most ${body.limit} bytes.`}
<table><tr><th>Answer<th>Meaning${operation.answers.map(answer).join('')}${problemsOf(operation).map(problem).join('')}</table>`
}

function row({ name, description, pattern }: Parameter): string {
  return `<tr><td>${code(name)}<td>${text(description)} Matches ${code(pattern)}.`
}

function answer({
  status,
  description,
  mediaTypes = [],
  schema,
}: Operation['answers'][number]): string {
  const what =
    schema === undefined ? '' : `: ${code(schema)} as ${mediaTypes.map(code).join(' or ')}`
  return `<tr><td>${status}<td>${text(description)}${what}`
}

function problem(name: keyof typeof PROBLEMS): string {
  const { status, title } = PROBLEMS[name]
  return `<tr><td>${status} ${code(name)}<td>${text(title)}`
}

function code(value: string): string {
  return `<code>${text(value)}</code>`
}

/** Text as HTML text: nothing in it can become markup. */
function text(value: string): string {
  return value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}
