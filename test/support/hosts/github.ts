import { type Host, type HostOptions, startHost } from './base.ts'
import { type Asked, type Dialect, findUnadvertised, type Refusal, renameReasons } from './dialect.ts'

export interface GitHubOptions {
  readonly root: string
  /** Commands of one push; more end in a 500 without a report. */
  readonly maxCommands?: number
  /** Bytes of one push. */
  readonly maxInputSize?: number
  /** Ref -> the words that take the place of `hook declined`. */
  readonly reasons?: Readonly<Record<string, string>>
  /** A streamed body of more bytes than this is answered 408, as slow pushes are. */
  readonly slowAfter?: number
  /** Of the one token that is let in; others are told that there is nothing. */
  readonly token?: string
  /** Token requests that are answered 401 first, as fresh App tokens are. */
  readonly unknownFor?: number
}

const RECEIVE_WORDS = [
  'report-status',
  'report-status-v2',
  'delete-refs',
  'side-band-64k',
  'ofs-delta',
  'atomic',
  'object-format=sha1',
  'quiet',
  'agent=github/spokes-receive-pack-0123456789abcdef0123456789abcdef01234567',
  'session-id=0123456789abcdef',
  'push-options',
]

/** github.com as its published receive-pack and its threads show it (5.1 of the hosts' facts). */
export function startGitHub(options: GitHubOptions): Promise<Host> {
  let refusals = options.unknownFor ?? 0
  return startHost({
    root: options.root,
    dialect: githubDialect(options),
    gate({ headers }) {
      // Historically, clients that do not call themselves git got pages for people.
      if (!headers['user-agent']?.startsWith('git/')) return { status: 406 }
      if (options.token === undefined) return undefined
      const login = headers.authorization
      if (login === undefined) return { status: 401, headers: { 'www-authenticate': 'Basic realm="GitHub"' } }
      const [, password] = Buffer.from(login.replace(/^Basic /, ''), 'base64')
        .toString()
        .split(':')
      if (password !== options.token) return { status: 404, body: 'Not Found' }
      if (refusals-- > 0) return { status: 401, body: 'Bad credentials' }
      return undefined
    },
    ...meterOf(options),
  })
}

function meterOf({ slowAfter }: GitHubOptions): Pick<HostOptions, 'meter'> {
  if (slowAfter === undefined) return {}
  return {
    meter: ({ headers, received }) =>
      headers['transfer-encoding'] === 'chunked' && received > slowAfter
        ? { status: 408, body: 'Request Timeout' }
        : undefined,
  }
}

export function githubDialect(options: Omit<GitHubOptions, 'root'> = {}): Dialect {
  const { maxInputSize, reasons } = options
  return {
    config: {
      'uploadpack.allowFilter': 'true',
      'receive.hideRefs': 'refs/pull',
      ...(maxInputSize === undefined ? {} : { 'receive.maxInputSize': String(maxInputSize) }),
    },
    lines: (lines) => [
      'agent=git/github-0123456789ab-Linux',
      ...lines.filter((line) => !/^(agent|session-id)/.test(line)),
    ],
    words: (service, words) => (service === 'git-receive-pack' ? RECEIVE_WORDS : words),
    serviceLine: true,
    bareNoRefs: true,
    refuse: (asked) => refuse(asked, options),
    ...(reasons === undefined
      ? {}
      : {
          rewrite: (asked: Asked, answer: Buffer): Buffer =>
            asked.service === 'git-receive-pack'
              ? renameReasons(answer, (ref, reason) => reasons[ref] ?? reason)
              : answer,
        }),
  }
}

function refuse(asked: Asked, { maxCommands }: Omit<GitHubOptions, 'root'>): Refusal | undefined {
  const failed: Refusal = { status: 500, text: 'Internal Server Error' }
  if (findUnadvertised(asked) !== undefined) return failed
  // Its parser takes one `=` in a capability.
  if (asked.service === 'git-receive-pack' && asked.words.some((word) => word.split('=').length > 2))
    return failed
  const commands = asked.lines.filter((line) => !line.startsWith('shallow ')).length
  if (asked.service === 'git-receive-pack' && maxCommands !== undefined && commands > maxCommands)
    return failed
  return undefined
}
