import { MirrorError } from '../../base/errors.ts'
import { type Credentials, chooseLogin, encodeBasic } from '../address/credentials.ts'
import type { HttpAnswer } from '../http-client/messages.ts'
import { HttpClient } from '../http-client/http-client.ts'
import { baseAddress, discoverRefs } from './discovery.ts'
import { type HttpCall, type HttpSite, printAddress } from './site.ts'
import { type Coding, postReceivePack, postUploadPack } from './turn.ts'
import { stopBody, type Connection, type OpenOptions, type Remote } from '../connection/connection.ts'
import type { RemoteUrl } from '../address/remote-url.ts'

/** How long `close` waits for the rest of an answer, in milliseconds. */
const PATIENCE = 1000

/** How long a turn waits for the end of the answer before, so that its connection can be used. */
const REUSE_PATIENCE = 100

export interface HttpRemoteOptions {
  readonly credentials: Credentials
  /** Proxies and certificates are named there. */
  readonly env: NodeJS.ProcessEnv
  /** Begins with `git/` (F9). */
  readonly userAgent: string
  /** Milliseconds. Nothing but the making of a connection is limited here (F11). */
  readonly limits: { readonly connect: number }
  readonly onNotice?: ((text: string) => void) | undefined
  /** 401, 403 and 404 to the credential are marked retryable: its host may not know the token yet. */
  readonly retryFreshToken?: boolean | undefined
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
  const login = chooseLogin(options.credentials, url)
  const client = new HttpClient({ env: options.env, limit: options.limits.connect })
  const site: HttpSite = {
    client,
    home,
    authorization: login && encodeBasic(login),
    userAgent: options.userAgent,
    freshToken: options.retryFreshToken ?? false,
    onNotice: (text) => options.onNotice?.(text),
  }
  const coding: Coding = { refusesGzip: false }
  let base = baseAddress(home)
  return {
    label: printAddress(home),
    async open(open) {
      const connection = await openConnection({ site, base, coding }, open)
      base = connection.lastingBase
      return connection
    },
    dispose: () => client.dispose(),
  }
}

interface Place {
  readonly site: HttpSite
  readonly base: string
  readonly coding: Coding
}

async function openConnection(
  { site, base: asked, coding }: Place,
  open: OpenOptions,
): Promise<Connection & { readonly lastingBase: string }> {
  const ending = new AbortController()
  const call: HttpCall = {
    service: open.service,
    version: open.version,
    signal: AbortSignal.any([open.signal, ending.signal]),
    onActivity: open.onActivity,
  }
  const { base, permanent, answer } = await discoverRefs(site, asked, call)
  const answers = new Set([answer])
  return {
    lastingBase: permanent ? base : asked,
    forgets: true,
    greeting: answer.bytes,
    async turn(body, { length } = {}) {
      const options = { site, call, base, length }
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
      if (call.service === 'git-receive-pack') site.client.openAhead(new URL(base))
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
  let timer
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, REUSE_PATIENCE)
  })
  await Promise.race([late, Promise.all(waiting.map((answer) => answer.whenOver))])
  clearTimeout(timer)
}

/** Reads what is left, so that the connection can be used again, or gives it up. */
async function settle({ bytes, over }: HttpAnswer): Promise<void> {
  if (over) return
  const timer = setTimeout(() => void bytes.cancel(), PATIENCE)
  await bytes.drain().catch(() => undefined)
  clearTimeout(timer)
}
