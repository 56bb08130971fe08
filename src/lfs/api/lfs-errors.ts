import { MirrorError, toMirrorError, type ErrorCode, type Side } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'
import { parseRetryAfter } from '../../base/retry-after.ts'
import { waitTooLong } from '../../transport/http/refusals.ts'
import { messageOf } from './batch-messages.ts'
import type { LfsAnswer } from './lfs-request.ts'

/** Of the body of a refusal. */
const PAGE_LIMIT_BYTES = 16 * 1024
/** Of a server's words in a message. */
const QUOTE_LIMIT_LENGTH = 200
const LONGEST_PAGE_MS = 5000

interface Meaning {
  readonly code: ErrorCode
  readonly says: string
  readonly hint?: string
  readonly retryable?: boolean
}

/** What a status means (git-lfs, "docs/api/batch.md", and what hosts make of it). */
const MEANINGS: Readonly<Record<number, Meaning>> = {
  401: {
    code: 'auth',
    says: 'asks for a login, or refuses the credential',
    hint: 'Give a token that may use LFS here. Deploy keys are not enough at every host.',
  },
  403: {
    code: 'auth',
    says: 'does not allow it',
    hint: 'LFS may be off for this repository, its quota may be used up, or the credential may not write: see the repository’s settings.',
  },
  404: {
    code: 'not-found',
    says: 'has no LFS at this repository, or none that this credential may see',
    hint: 'Switch LFS on in the repository’s settings, or set lfs: false.',
  },
  406: { code: 'http', says: 'does not accept it: the repository may be over its size limit' },
  410: { code: 'not-found', says: 'has removed it' },
  411: { code: 'http', says: 'wants to know the length beforehand' },
  413: {
    code: 'too-large',
    says: 'takes nothing of this size',
    hint: 'A limit of the server or of a proxy before it (nginx: client_max_body_size) has to be raised.',
  },
  422: { code: 'http', says: 'cannot use it' },
  429: { code: 'http', says: 'asks to slow down', retryable: true },
  501: {
    code: 'http',
    says: 'has LFS switched off',
    hint: 'Switch LFS on at the server, or set lfs: false.',
  },
  507: { code: 'http', says: 'has no room left', hint: 'Its storage is full, or the quota is used up.' },
  509: { code: 'http', says: 'has used up its bandwidth', hint: 'Buy more, or wait for the next month.' },
}

/** The error for an answer that is no success; reads what it says, at most 16 KiB, and ends it. */
export async function refusalOf(
  answer: LfsAnswer,
  about: { readonly side: Side; readonly server: URL; readonly what: string },
): Promise<MirrorError> {
  const page = await readPage(answer)
  const { status } = answer
  const meaning = MEANINGS[status] ?? {
    code: 'http',
    says: status >= 300 && status < 400 ? 'redirects elsewhere' : 'refused it',
    retryable: status === 408 || status >= 500,
  }
  const words = messageOf(page) ?? (/^\s*[<{[]/.test(page) ? '' : page)
  const quote = printableLine(words, QUOTE_LIMIT_LENGTH).trim()
  const now = Date.now()
  const retryAfter = parseRetryAfter(answer.header('retry-after'), now)
  return new MirrorError(
    `${about.what}: the LFS server ${about.server.host} ${meaning.says} (HTTP ${status})${quote === '' ? '' : `: ${quote}`}`,
    {
      code: meaning.code,
      side: about.side,
      status,
      hint: meaning.hint,
      retryable: meaning.retryable ?? false,
      ...(meaning.retryable === true && waitTooLong(retryAfter, now)),
      retryAfter,
      serverText: words === '' ? undefined : words,
    },
  )
}

/** The whole body as text. @throws MirrorError with `side`; `limit` past `limit` bytes. */
export async function readText(
  answer: LfsAnswer,
  { side, limit }: { readonly side: Side; readonly limit: number },
): Promise<string> {
  try {
    return new TextDecoder().decode(await answer.bytes.readAll(limit))
  } catch (error) {
    throw toMirrorError(error, { code: 'cut', side, retryable: true })
  } finally {
    answer.end()
  }
}

async function readPage(answer: LfsAnswer): Promise<string> {
  const timer = setTimeout(() => answer.end(), LONGEST_PAGE_MS)
  const parts: Uint8Array[] = []
  try {
    for (let left = PAGE_LIMIT_BYTES; left > 0;) {
      const part = await answer.bytes.readSome(left)
      if (part === undefined) break
      parts.push(part)
      left -= part.length
    }
  } catch {
    // The status says enough.
  } finally {
    clearTimeout(timer)
    answer.end()
  }
  return new TextDecoder().decode(Buffer.concat(parts))
}
