import { within } from '../../base/deadline.ts'
import { MirrorError } from '../../base/errors.ts'
import { chooseLogin, encodeBasic } from '../address/credentials.ts'
import type { HttpAnswer } from '../http-client/messages.ts'
import { HttpClient } from '../http-client/http-client.ts'
import { shareHttpConnections } from '../http-client/http-connections.ts'
import { baseAddress, discoverRefs, type Place } from './discovery.ts'
import { type HttpCall, type HttpSite, printAddress } from './site.ts'
import { type Coding, postReceivePack, postUploadPack } from './turn.ts'
import { stopBody, type Connection, type OpenOptions, type Remote } from '../connection/connection.ts'
import type { RemoteOptions } from '../connection/remote-options.ts'
import type { RemoteUrl } from '../address/remote-url.ts'

/** Milliseconds that `close` waits for the rest of an answer. */
const CLOSE_LIMIT_MS = 1000

/** Milliseconds that a turn waits for the end of the answer before, so that its connection can be used. */
const REUSE_LIMIT_MS = 100

export interface HttpRemoteOptions extends Pick<
  RemoteOptions,
  'credentials' | 'env' | 'userAgent' | 'onNotice' | 'retryFreshToken' | 'connections'
> {
  /** Nothing but the making of a connection is limited here (F11). */
  readonly limits: Pick<RemoteOptions['limits'], 'connect'>
}

type HttpUrl = Extract<RemoteUrl, { readonly scheme: 'https' | 'http' }>

/**
 * A repository behind Git's smart HTTP protocol (gitprotocol-http). `open` asks for the refs; each turn is a
 * POST. Connections are kept for all but pushes.
 */
export function createHttpRemote(url: HttpUrl, options: HttpRemoteOptions): Remote {
  const home = new URL(url.url)
  home.username = ''
  home.password = ''
  home.hash = ''
  const opening = { env: options.env, limit: options.limits.connect }
  const client = new HttpClient(
    opening,
    options.connections && shareHttpConnections(options.connections, opening),
  )
  const site: HttpSite = {
    client,
    home,
    // Asked each time: a long run outlives the tokens of an App, and gets new ones.
    get authorization() {
      const login = chooseLogin(options.credentials, url)
      return login && encodeBasic(login)
    },
    userAgent: options.userAgent,
    env: options.env,
    freshToken: options.retryFreshToken ?? false,
    onNotice: (text) => options.onNotice?.(text),
  }
  const coding: Coding = { refusesGzip: false }
  let place: Place = { base: baseAddress(home), publicOnly: false }
  return {
    label: printAddress(home),
    async open(open) {
      const connection = await openConnection({ site, place, coding }, open)
      place = connection.lastingPlace
      return connection
    },
    dispose: () => client.dispose(),
  }
}

interface Asking {
  readonly site: HttpSite
  readonly place: Place
  readonly coding: Coding
}

async function openConnection(
  { site, place: asked, coding }: Asking,
  open: OpenOptions,
): Promise<Connection & { readonly lastingPlace: Place }> {
  const ending = new AbortController()
  const call: HttpCall = {
    service: open.service,
    version: open.version,
    signal: AbortSignal.any([open.signal, ending.signal]),
    onActivity: open.onActivity,
  }
  const { base, permanent, publicOnly, answer } = await discoverRefs(site, asked, call)
  const answers = new Set([answer])
  return {
    lastingPlace: permanent ? { base, publicOnly } : asked,
    forgets: true,
    greeting: answer.bytes,
    async turn(body, { length } = {}) {
      const options = { site, call, base, publicOnly, length }
      try {
        await whenOver(answers)
        const answer =
          call.service === 'git-upload-pack'
            ? await postUploadPack(body, options, coding)
            : await postReceivePack(body, options)
        answers.add(answer)
        return answer.bytes
      } catch (error) {
        if (!(body instanceof Uint8Array)) stopBody(body)
        throw error
      }
    },
    prepare() {
      // Pushes alone go on a connection of their own.
      if (call.service === 'git-receive-pack') site.client.openAhead(new URL(base), publicOnly)
    },
    async close() {
      await Promise.all(Array.from(answers, settle))
      answers.clear()
      return { text: '' }
    },
    abort(reason) {
      ending.abort(reason ?? new MirrorError('the connection was given up', { code: 'cancelled' }))
    },
  }
}

/** The last packet of an answer comes a little before its end. */
async function whenOver(answers: ReadonlySet<HttpAnswer>): Promise<void> {
  const waiting = Array.from(answers).filter(({ over }) => !over)
  if (waiting.length === 0) return
  await within(Promise.all(waiting.map((answer) => answer.whenOver)), REUSE_LIMIT_MS)
}

/** Reads what is left, so that the connection can be used again, or gives it up. */
async function settle({ bytes, over }: HttpAnswer): Promise<void> {
  if (over) return
  const timer = setTimeout(() => void bytes.cancel(), CLOSE_LIMIT_MS)
  await bytes.drain().catch(() => undefined)
  clearTimeout(timer)
}
