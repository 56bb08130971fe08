import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { MirrorError } from '../../src/base/errors.ts'
import { addDiagnosis } from '../../src/hosts/github-diagnosis.ts'
import { readOptions } from '../../src/options/read-options.ts'
import type { MirrorOptions } from '../../src/options/options.ts'
import type { MirrorResult } from '../../src/report/result.ts'
import { makeDestination, makeResult } from '../support/results.ts'

const refused = new MirrorError('refused', { code: 'auth', side: 'destination', hint: 'general' })
const never = new AbortController().signal
let server: Server
let origin = ''
let requests: { readonly url: string; readonly authorization: string | undefined }[] = []
let answer: { readonly status: number; readonly body: unknown } | undefined

function keep(request: IncomingMessage): void {
  requests.push({ url: request.url ?? '', authorization: request.headers.authorization })
}

beforeAll(async () => {
  for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) vi.stubEnv(name, '')
  server = createServer((request, response) => {
    keep(request)
    // Without an answer the request is left to hang.
    if (!answer) return
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterEach(() => {
  requests = []
})

afterAll(async () => {
  vi.unstubAllEnvs()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

function optionsOf(destination: string, token = 'ghp_secret'): MirrorOptions {
  return readOptions({
    values: {
      source: `${origin}/me/source`,
      destination,
      'destination-token': token,
      'source-token': 'ghs_x',
    },
    env: { GITHUB_SERVER_URL: origin, GITHUB_API_URL: `${origin}/api/v3` },
  }).options
}

function failed(error: MirrorError): MirrorResult {
  return makeResult([makeDestination({ status: 'failed', error })])
}

it('puts what the API says in the place of the general hint', async () => {
  answer = {
    status: 200,
    body: { full_name: 'me/mirror', archived: true, permissions: { push: true, pull: true } },
  }
  const result = await addDiagnosis(failed(refused), optionsOf(`${origin}/me/mirror.git`), never)
  expect(requests).toEqual([{ url: '/api/v3/repos/me/mirror', authorization: 'token ghp_secret' }])
  const { error } = result.destinations[0]!
  expect(error?.hint).toContain('archived')
  expect(error).toMatchObject({ message: 'refused', code: 'auth', side: 'destination' })
})

it('tells a repository that is not there', async () => {
  answer = { status: 404, body: { message: 'Not Found' } }
  const result = await addDiagnosis(failed(refused), optionsOf(`${origin}/me/mirror.git`), never)
  expect(result.destinations[0]?.error?.hint).toContain('no repository me/mirror')
})

it('asks about the source with the token of the source', async () => {
  answer = { status: 404, body: { message: 'Not Found' } }
  const error = new MirrorError('refused', { code: 'not-found', side: 'source' })
  const given = { ...failed(error), error }
  const result = await addDiagnosis(given, optionsOf(`${origin}/me/mirror.git`), never)
  expect(requests).toEqual([{ url: '/api/v3/repos/me/source', authorization: 'token ghs_x' }])
  expect(result.error?.hint).toContain('Contents: read')
})

it('keeps the general hint where the API does not answer in time', async () => {
  answer = undefined
  const result = await addDiagnosis(failed(refused), optionsOf(`${origin}/me/mirror.git`), never, 200)
  expect(requests).toHaveLength(1)
  expect(result.destinations[0]?.error).toBe(refused)
})

it('asks nothing about other errors, other hosts, and without a token', async () => {
  answer = { status: 404, body: {} }
  const cut = new MirrorError('cut', { code: 'cut', side: 'destination' })
  expect(await addDiagnosis(failed(cut), optionsOf(`${origin}/me/mirror.git`), never)).toEqual(failed(cut))
  await addDiagnosis(failed(refused), optionsOf('http://127.0.0.1:1/me/mirror.git'), never)
  await addDiagnosis(failed(refused), optionsOf(`${origin}/me/mirror.git`, ''), never)
  expect(requests).toEqual([])
})
