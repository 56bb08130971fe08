import { LONGEST_RETRY_AFTER_MS, MirrorError, type MirrorErrorDetails } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'
import { parseRetryAfter } from '../../base/retry-after.ts'
import type { HttpAnswer } from '../http-client/messages.ts'
import { otherLoginError, readSchemes, type Verdict } from './challenge.ts'
import { MOST_QUOTED_LENGTH, quoteFirstLine, readPage } from './error-page.ts'
import type { Service } from '../connection/connection.ts'

/** What was asked, for the words of an error. */
export interface Asked {
  /** Printable address. */
  readonly label: string
  readonly service: Service
  /** A credential went with the request. */
  readonly loggedIn: boolean
  /** The request went to another host than was configured, so no credential went with it. */
  readonly strayed: boolean
  /** The token may be so new that the host does not know it yet. */
  readonly freshToken: boolean
}

/** The error for an answer that is none of Git's. Reads its page, at most 16 KiB, and ends the request. */
export async function refusalError(answer: HttpAnswer, asked: Asked): Promise<MirrorError> {
  const page = await readOwnPage(answer, asked)
  const now = Date.now()
  const retryAfter = parseRetryAfter(answer.header('retry-after'), now)
  const { message, ...details } = judge(answer, asked)
  const line = quoteFirstLine(page)
  const notes = [`HTTP ${answer.status}`, ...requestIds(answer)].join(', ')
  return new MirrorError(`${message} (${notes})${line === undefined ? '' : `: ${line}`}`, {
    ...details,
    ...(details.retryable && { ...waitTooLong(retryAfter, now) }),
    status: answer.status,
    retryAfter,
    serverText: page === '' ? undefined : page,
  })
}

/** A server that asks for more patience than a run has is not asked again: the hint says when it may be. */
export function waitTooLong(retryAfter: number | undefined, now: number): Partial<MirrorErrorDetails> {
  if (retryAfter === undefined || retryAfter <= LONGEST_RETRY_AFTER_MS) return {}
  // No clock reaches further.
  const time = new Date(Math.min(now + retryAfter, 8.64e15)).toISOString().replace(/\.\d+Z$/, 'Z')
  return {
    retryable: false,
    advice: 'asks-to-wait',
    hint: `The server asks to wait ${Math.ceil(retryAfter / 1000)} seconds, longer than a run waits (${LONGEST_RETRY_AFTER_MS / 1000}): start again after ${time}.`,
  }
}

/** The page of the configured server. What another one says, to which it redirected, may be meant for nobody here. */
async function readOwnPage(answer: HttpAnswer, asked: Asked): Promise<string> {
  if (!asked.strayed) return await readPage(answer)
  await answer.bytes.cancel()
  return ''
}

/** The error for a 200 (or 203) of the wrong type: a login page, a bot wall, a dumb server. */
export async function wrongTypeError(answer: HttpAnswer, asked: Asked): Promise<MirrorError> {
  const type = printableLine(answer.header('content-type') ?? 'no type', MOST_QUOTED_LENGTH)
  const page = await readOwnPage(answer, asked)
  const line = quoteFirstLine(page)
  const dumb = /^[0-9a-f]{40,64}\trefs\//m.test(page)
  const hint = dumb
    ? 'It offers only the dumb HTTP protocol, which cannot be mirrored from. Use its ssh or git address.'
    : 'Check the address: it must be the one that git clone takes, not a page for people.'
  const ids = requestIds(answer).map((id) => `, ${id}`)
  return new MirrorError(
    `${asked.label} does not answer as a smart Git server (${type}${ids.join('')})${line === undefined ? '' : `: ${line}`}`,
    {
      code: 'protocol',
      status: answer.status,
      hint,
      serverText: page === '' ? undefined : page,
      advice: dumb ? 'dumb-http' : 'not-a-git-server',
    },
  )
}

/** Whether an address is a page to log in at, where hosts send those who should have had a 401. */
export function isLoginAddress(url: URL): boolean {
  if (/\/(info\/refs|git-(upload|receive)-pack)$/.test(url.pathname)) return false
  return /\/_?(sign_?in|log_?in)(\/|$)/i.test(url.pathname) || /^login\./i.test(url.hostname)
}

/** The error for a redirect to a login page, and for Azure's 203. */
export function loginPageError(asked: Asked, status: number): MirrorError {
  return new MirrorError(`${asked.label} answers with a login page (HTTP ${status})`, {
    ...unauthorised(asked),
    status,
    advice: 'login-page',
  })
}

function judge(answer: HttpAnswer, asked: Asked): Verdict {
  const { label } = asked
  const { status } = answer
  const push = asked.service === 'git-receive-pack'
  const fresh = asked.freshToken && asked.loggedIn
  if (status === 401) {
    const other = otherLoginError(label, readSchemes(answer.header('www-authenticate')))
    return other ?? { ...unauthorised(asked), message: unauthorisedMessage(asked) }
  }
  if (status === 403) {
    if (answer.header('retry-after') !== undefined) {
      return { message: `${label} asks to slow down`, code: 'http', retryable: true, advice: 'rate-limit' }
    }
    return {
      message: `${label} does not allow this ${asked.loggedIn ? 'credential' : 'anonymous client'} to ${push ? 'push' : 'read'}`,
      code: 'auth',
      retryable: fresh,
      advice: push ? 'no-write-permission' : 'no-read-permission',
      hint: push
        ? 'Give a token that may write to this repository. Archived repositories and pull mirrors take no push.'
        : 'Give a token that may read this repository.',
    }
  }
  if (status === 404 || status === 410) {
    return {
      message: `there is no repository at ${label}, or none that may be seen`,
      code: 'not-found',
      retryable: fresh && status === 404,
      hint: `Check the address${asked.loggedIn ? ', and that the token may see this repository' : '; a private repository needs a token'}.`,
    }
  }
  if (status >= 300 && status < 400) {
    const to = answer.header('location')
    return {
      message: `${label} redirects ${asked.service} to another address`,
      code: 'http',
      hint:
        to === undefined
          ? 'Use the address it redirects to.'
          : `Use the address it redirects to: ${printableLine(withoutQuery(to), MOST_QUOTED_LENGTH)}`,
    }
  }
  if (status === 411) {
    return {
      message: `${label} demands the length of the body before the body`,
      code: 'http',
      hint: 'The pack has to be stored before it is sent: use the spool transfer.',
    }
  }
  if (status === 413) {
    return {
      message: `${label} takes no body of this size`,
      code: 'too-large',
      hint: 'Push in smaller pieces, or raise the limit of the web server (nginx: client_max_body_size).',
    }
  }
  return { message: `${label} refused the request`, code: 'http', retryable: isPassing(status) }
}

function unauthorisedMessage({ label, loggedIn, strayed }: Asked): string {
  if (loggedIn) return `${label} refused the credential`
  return strayed ? `${label} redirects to a host that asks for a login` : `${label} asks for a login`
}

function unauthorised(asked: Asked): MirrorErrorDetails {
  const what = asked.service === 'git-receive-pack' ? 'write to' : 'read'
  if (asked.strayed) {
    return {
      code: 'auth',
      hint: 'A credential goes to the configured host only: use the address that it redirects to.',
    }
  }
  if (!asked.loggedIn) {
    return {
      code: 'auth',
      hint: 'Give a token for this server. Some hosts answer like this when there is no such repository.',
    }
  }
  return {
    code: 'auth',
    retryable: asked.freshToken,
    advice: 'token-refused',
    hint: `Check that the token is whole, has not expired and may ${what} this repository, and that the user name is right.`,
  }
}

/** Statuses after which the same request may succeed. */
function isPassing(status: number): boolean {
  return (
    status === 408 || status === 425 || status === 429 || (status >= 500 && status !== 501 && status !== 505)
  )
}

function requestIds(answer: HttpAnswer): readonly string[] {
  const names = [
    ['x-github-request-id', 'request id'],
    ['cf-ray', 'Cloudflare ray'],
  ] as const
  return names.flatMap(([header, name]) => {
    const id = answer
      .header(header)
      ?.replace(/[^\w.:-]/g, '')
      .slice(0, 80)
    return id ? [`${name} ${id}`] : []
  })
}

/** Sign-in addresses carry state that nobody has to see. */
function withoutQuery(address: string): string {
  return address.replace(/^(\w+:\/\/)[^/@]*@/, '$1').replace(/[?#].*$/s, '')
}
