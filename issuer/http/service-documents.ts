import type { PassportService } from '../service/passport-service.ts'
import { JSON_TYPE, jsonAnswer, type Operation } from './operation.ts'

/** What the service says of itself: its health, its OpenAPI description and a page for people. */
export function selfDescription(
  service: PassportService,
  others: readonly Operation[],
): readonly Operation[] {
  let text: string | undefined
  const described: readonly Operation[] = [
    {
      method: 'get',
      path: '/healthz',
      id: 'getHealth',
      summary: 'Ask whether the service works',
      description: 'Answers 503 once a write has failed: the service then stops.',
      access: 'public',
      answers: [
        { status: 200, description: 'It works', mediaTypes: [JSON_TYPE], schema: 'Health' },
        { status: 503, description: 'It does not', mediaTypes: [JSON_TYPE], schema: 'Health' },
      ],
      problems: [],
      async handle() {
        return service.failure() === null
          ? jsonAnswer(200, { status: 'ok' })
          : jsonAnswer(503, { status: 'failed' })
      },
    },
    {
      method: 'get',
      path: '/openapi.json',
      id: 'getOpenApi',
      summary: 'Get this description for programs',
      description: 'OpenAPI 3.1, from the schemas that validate.',
      access: 'public',
      answers: [
        { status: 200, description: 'The description', mediaTypes: [JSON_TYPE], schema: 'OpenApi' },
      ],
      problems: [],
      async handle() {
        text ??= await description()
        return { status: 200, mediaType: JSON_TYPE, body: text }
      },
    },
    {
      method: 'get',
      path: '/',
      id: 'getPage',
      summary: 'Read this description',
      description: 'The same for people.',
      access: 'public',
      answers: [{ status: 200, description: 'The page' }],
      problems: [],
      async handle() {
        const { operationsPage, PAGE_POLICY } = await import('./page.ts')
        return {
          status: 200,
          headers: { 'Content-Security-Policy': PAGE_POLICY },
          mediaType: 'text/html; charset=utf-8',
          body: operationsPage([...others, ...described], service.signer.did),
        }
      },
    },
  ]
  // Loaded when it is first asked for: it brings the schema library, which nothing else needs.
  const description = async () => {
    const { openApiDocument } = await import('./openapi.ts')
    return JSON.stringify(openApiDocument([...others, ...described], service.publicBaseUrl))
  }
  return described
}
