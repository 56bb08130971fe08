import { type Host, startHost } from './base.ts'
import { type Dialect, findUnadvertised } from './dialect.ts'

export interface CodeCommitOptions {
  readonly root: string
  /** Ref updates of one push; more are hung up on. */
  readonly maxCommands?: number
}

/** AWS CodeCommit: hangs up on whatever it does not know, `agent` and chunked bodies included (5.5 of the facts). */
export function startCodeCommit({ root, maxCommands = Infinity }: CodeCommitOptions): Promise<Host> {
  return startHost({
    root,
    dialect: codeCommitDialect(maxCommands),
    // `/v1/repos/name`, and never with `.git`.
    locate: (path) => {
      const found = /^\/v1\/repos\/([^/]+)$/.exec(path)
      return found === null || found[1]!.endsWith('.git') ? undefined : `${found[1]}.git`
    },
    gate: ({ method, headers }) =>
      method === 'POST' && headers['content-length'] === undefined ? 'hang-up' : undefined,
  })
}

function codeCommitDialect(maxCommands: number): Dialect {
  const dropped =
    /^(agent|symref|object-format|session-id|filter|allow-|atomic|quiet|push-options|report-status-v2)/
  return {
    version: 0,
    words: (_service, words) => words.filter((word) => !dropped.test(word)),
    refuse(asked) {
      if (findUnadvertised(asked) !== undefined) return 'hang-up'
      if (asked.service === 'git-upload-pack') {
        return asked.words.some((word) => word.startsWith('multi_ack')) ? undefined : 'hang-up'
      }
      const hex = asked.lines.some((line) => /\/[0-9a-f]{40}$/.test(line))
      return asked.lines.length > maxCommands || hex ? 'hang-up' : undefined
    },
  }
}
