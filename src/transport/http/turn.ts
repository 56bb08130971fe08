import { promisify } from 'node:util'
import { toBytes } from '../../base/bytes.ts'
import type { HttpAnswer, HttpRequest } from '../http-client/messages.ts'
import { acceptAnswer, commonHeaders, type HttpCall, type HttpSite } from './site.ts'
import { gatherBody } from './gather-body.ts'
import { stopBody, type TurnBody } from '../connection/connection.ts'

/** A longer body is streamed; git's http.postBuffer is the same. */
const LONGEST_BUFFERED_BYTES = 1024 * 1024

/** Shorter requests are not worth compressing; git draws the line there too. */
const SHORTEST_COMPRESSED_BYTES = 1024

/** Of a probe's answer; a whole one is empty. */
const PROBE_ANSWER_BYTES = 64 * 1024

/** Refusals that the same request in another coding would get again. */
const REFUSES_IDENTITY_TOO = new Set([401, 402, 403, 404, 407, 408, 410, 413, 429])

export interface TurnOptions {
  readonly site: HttpSite
  readonly call: HttpCall
  readonly base: string
  readonly publicOnly: boolean
  /** Content-Length of a body that streams. */
  readonly length?: number | undefined
}

/** Whether a server takes compressed requests; learnt on the way. */
export interface Coding {
  refusesGzip: boolean
}

/**
 * POSTs one request to upload-pack, compressed when it is worth it (A7).
 * @throws MirrorError for every answer but a smart server's.
 */
export async function postUploadPack(
  body: TurnBody,
  options: TurnOptions,
  coding: Coding,
): Promise<HttpAnswer> {
  const gathered = await gather(body, options)
  if ('rest' in gathered) return await post(gathered.rest, options, lengthHeader(options))
  const { whole } = gathered
  if (whole.length > SHORTEST_COMPRESSED_BYTES && !coding.refusesGzip) {
    const { gzip } = await import('node:zlib')
    const packed = await promisify(gzip)(whole, { level: 1 })
    options.call.signal.throwIfAborted()
    const answer = await send(packed, options, { 'content-encoding': 'gzip' }, { repeatable: true })
    if (answer.status < 400 || answer.status > 499 || REFUSES_IDENTITY_TOO.has(answer.status)) {
      return await accept(answer, options)
    }
    await answer.bytes.cancel()
    coding.refusesGzip = true
    options.site.onNotice(`the server answers ${answer.status} to a compressed request: sent again as it is`)
  }
  return await post(whole, options, {}, { repeatable: true })
}

/**
 * POSTs one push on a connection of its own. What ends within 1 MiB goes with Content-Length, the rest
 * chunked, after a probe that finds out whether the server would refuse the credential.
 * @throws MirrorError for every answer but a smart server's; what the body threw.
 */
export async function postReceivePack(body: TurnBody, options: TurnOptions): Promise<HttpAnswer> {
  const gathered = await gather(body, options)
  if ('whole' in gathered) return await post(gathered.whole, options, {}, { fresh: true })
  try {
    await probe(options)
  } catch (error) {
    stopBody(gathered.rest)
    throw error
  }
  return await post(gathered.rest, options, lengthHeader(options), { fresh: true })
}

/** A lone flush, as remote-curl sends it: answered with nothing, or with the refusal that a pack would get. */
async function probe(options: TurnOptions): Promise<void> {
  const answer = await send(toBytes('0000'), options, {}, { repeatable: true })
  const { status } = answer
  if (status === 401 || status === 403 || status === 404 || (status >= 300 && status < 400)) {
    await accept(answer, options)
  }
  // Any other refusal may be of the probe alone.
  await answer.bytes.readAll(PROBE_ANSWER_BYTES).catch(() => answer.bytes.cancel())
}

async function gather(body: TurnBody, { call, length }: TurnOptions): ReturnType<typeof gatherBody> {
  if (body instanceof Uint8Array) return { whole: body }
  if (length !== undefined) return { rest: body }
  return await gatherBody(body, LONGEST_BUFFERED_BYTES, call.signal)
}

function lengthHeader({ length }: TurnOptions): Record<string, string> {
  return length === undefined ? {} : { 'content-length': String(length) }
}

type Sending = Pick<HttpRequest, 'fresh' | 'repeatable'>

async function post(
  body: TurnBody,
  options: TurnOptions,
  headers: Readonly<Record<string, string>>,
  sending: Sending = {},
): Promise<HttpAnswer> {
  return await accept(await send(body, options, headers, sending), options)
}

function send(
  body: TurnBody,
  options: TurnOptions,
  headers: Readonly<Record<string, string>>,
  sending: Sending,
): Promise<HttpAnswer> {
  const { site, call } = options
  const url = turnUrl(options)
  return site.client.request({
    method: 'POST',
    url,
    headers: {
      ...commonHeaders(site, call, url),
      'content-type': `application/x-${call.service}-request`,
      accept: `application/x-${call.service}-result`,
      ...headers,
    },
    body,
    ...sending,
    publicOnly: options.publicOnly,
    signal: call.signal,
    onActivity: call.onActivity,
  })
}

async function accept(answer: HttpAnswer, options: TurnOptions): Promise<HttpAnswer> {
  return await acceptAnswer(answer, { ...options, url: turnUrl(options) }, 'result')
}

function turnUrl({ base, call }: TurnOptions): URL {
  return new URL(`${base}/${call.service}`)
}
