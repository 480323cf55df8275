import { Agent, request as ask, createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bearerToken, createApp, issuerOperations } from '@battery-passport/issuer/service'
import express from 'express'
import type { Chain } from './chain.ts'
import { IN_FLIGHT, inFlight } from './issue.ts'
import type { Issuing } from './issuing.ts'
import type { Contest } from './row.ts'

const TOKEN = 'the-token-of-the-bench-0123456789'

/**
 * Row 4 over HTTP: one passport a request, many requests at a time, on loopback. Ours is the whole
 * service with its token, schemas, idempotency and problem documents; the library stands behind the
 * shortest Express application. The client runs in the same process, and costs both sides the same.
 */
export async function httpContest(
  chain: Chain,
  issuing: Issuing,
  count: { readonly ours: number; readonly library: number },
): Promise<Contest> {
  const ours = await listen(
    createApp({
      operations: issuerOperations(issuing.service, chain.clock),
      authoriser: bearerToken(TOKEN),
      log: () => {},
      failed: (error) => {
        throw error
      },
    }),
  )
  const library = await listen(naiveApp(issuing))
  return {
    row: 4,
    name: `issue durably over HTTP, one a request, ${IN_FLIGHT} requests at a time, level with sync`,
    goal: 15,
    by: 'elapsed',
    ours: { run: () => inFlight(count.ours, () => ours.post(issuing.nextRequest())) },
    library: { run: () => inFlight(count.library, () => library.post(issuing.nextRequest())) },
    async dispose() {
      ours.close()
      library.close()
    },
  }
}

function naiveApp(issuing: Issuing): RequestListener {
  const app = express()
  app.use(express.json({ limit: '1mb' }))
  app.post('/passports', async (request, response) => {
    response.status(201).json(await issuing.issueNaively(request.body))
  })
  return app
}

interface Listening {
  post(request: object): Promise<void>
  close(): void
}

async function listen(app: RequestListener): Promise<Listening> {
  // Connections stay open while the other side has its turn, however long that takes.
  const server = createServer({ keepAliveTimeout: 0 }, app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT })
  return {
    post: (body) => post({ port, agent }, JSON.stringify(body)),
    close() {
      agent.destroy()
      server.close()
    },
  }
}

/** A request that must be answered with 201; the answer is read to its end. */
function post(to: { readonly port: number; readonly agent: Agent }, body: string): Promise<void> {
  const headers = {
    authorization: `Bearer ${TOKEN}`,
    'content-type': 'application/json',
    'idempotency-key': crypto.randomUUID(),
  }
  const options = { ...to, host: '127.0.0.1', method: 'POST', path: '/passports', headers }
  return new Promise((resolve, reject) => {
    const sent = ask(options, (answer) => {
      answer.resume()
      answer.on('error', reject)
      answer.on('end', () => {
        if (answer.statusCode === 201) resolve()
        else reject(new Error(`answered with ${answer.statusCode}`))
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
