import { type Host, startHost } from './base.ts'
import { type Dialect, renameReasons } from './dialect.ts'
import { type GitHost, startGitHost } from './duplex-host.ts'

export interface GerritOptions {
  readonly root: string
  /** Password that is let in for POSTs; undefined: all are. Refs are shown to everybody. */
  readonly token?: string
}

/** What JGit says in v0: a space before the first capability, no object-format; it ends without a word. */
function jgitWords(service: string): readonly string[] {
  if (service === 'git-receive-pack')
    return ['side-band-64k', 'delete-refs', 'report-status', 'quiet', 'atomic', 'ofs-delta']
  return [
    'include-tag',
    'multi_ack_detailed',
    'multi_ack',
    'ofs-delta',
    'side-band',
    'side-band-64k',
    'thin-pack',
    'no-progress',
    'shallow',
  ]
}

/** Gerrit over http: v2 without `agent`, `unborn` and `wait-for-done` (5.6 of the hosts' facts). */
export function startGerrit({ root, token }: GerritOptions): Promise<Host> {
  const dialect: Dialect = {
    words: jgitWords,
    leadingSpace: true,
    lines: () => ['ls-refs', 'fetch=shallow', 'server-option'],
    rewrite: (asked, answer) =>
      asked.service === 'git-receive-pack'
        ? renameReasons(answer, (_ref, reason) =>
            reason === 'hook declined' ? 'prohibited by Gerrit: not permitted: update' : reason,
          )
        : answer,
  }
  return startHost({
    root,
    dialect,
    gate({ method, headers }) {
      if (token === undefined || method !== 'POST') return undefined
      const login = Buffer.from((headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString()
      if (login.split(':')[1] === token) return undefined
      return { status: 401, headers: { 'www-authenticate': 'Basic realm="Gerrit Code Review"' } }
    },
    // `/a/` is the way in for those who log in.
    locate: (path) => `${path.replace(/^\/a\//, '/')}.git`,
  })
}

/** `jgit daemon` 4.11 as it was measured: v0 alone on git://. */
export function startJgitDaemon(root: string): Promise<GitHost> {
  return startGitHost(root, { version: 0, words: jgitWords, leadingSpace: true })
}
