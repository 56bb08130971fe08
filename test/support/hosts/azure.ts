import { type Host, startHost } from './base.ts'
import { type Dialect, findUnadvertised, type Refusal, renameReasons } from './dialect.ts'
import { joinPackets } from './packets.ts'
import { startSshHost, type SshHost } from './ssh-host.ts'

export interface AzureOptions {
  readonly root: string
  /** Password that is let in; undefined: all are. */
  readonly token?: string
  /** What those get who have none: a redirect to the page to sign in, or that page itself. */
  readonly stranger?: 302 | 203
  /** No push: 403 with packets of Git's protocol in it. */
  readonly readOnly?: boolean
  /** Ref -> the words that take the place of `hook declined`. */
  readonly reasons?: Readonly<Record<string, string>>
}

const UPLOAD_WORDS = [
  'multi_ack',
  'thin-pack',
  'side-band',
  'side-band-64k',
  'no-progress',
  'multi_ack_detailed',
  'no-done',
  'shallow',
  'allow-tip-sha1-in-want',
  'allow-reachable-sha1-in-want',
]
const MULTI_ACK = 'TF401041: The Git protocol sent is not as expected (Clients must support multi-ack.)'
const READ_ONLY =
  "TF401027: You need the Git 'GenericContribute' permission to perform this action. Details: identity 'Build\\mirror', scope 'repository'."

/** Azure Repos: v0 alone, no ofs-delta, and multi_ack or nothing (5.4 of the hosts' facts). */
export function azureDialect(reasons: Readonly<Record<string, string>> = {}): Dialect {
  return {
    version: 0,
    config: {
      'uploadpack.allowTipSHA1InWant': 'true',
      'uploadpack.allowReachableSHA1InWant': 'true',
      'receive.hideRefs': 'refs/pull',
    },
    words: (service) =>
      service === 'git-upload-pack' ? UPLOAD_WORDS : ['report-status', 'delete-refs', 'side-band-64k'],
    refuse(asked): Refusal | undefined {
      const over = findUnadvertised(asked)
      if (over !== undefined) return { status: 400, text: `TF401041: unexpected capability ${over}` }
      const multi = asked.words.some((word) => word === 'multi_ack' || word === 'multi_ack_detailed')
      if (asked.service === 'git-upload-pack' && !multi) return { status: 400, text: MULTI_ACK }
      return undefined
    },
    rewrite: (asked, answer) =>
      asked.service === 'git-receive-pack'
        ? renameReasons(answer, (ref, reason) => reasons[ref] ?? reason)
        : answer,
  }
}

/** `/organisation/project/_git/repository` is the folder `repository.git`. */
export function startAzure(options: AzureOptions): Promise<Host> {
  return startHost({
    root: options.root,
    dialect: azureDialect(options.reasons),
    locate: (path) => {
      const found = /^\/[^/]+\/[^/]+\/_git\/([^/]+)$/.exec(path)
      return found === null ? undefined : `${found[1]}.git`
    },
    gate({ headers, service }) {
      const login = Buffer.from((headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString()
      const known = options.token === undefined || login.split(':')[1] === options.token
      if (!known && options.stranger === 203) {
        const page = '<!DOCTYPE html><title>Azure DevOps Services | Sign In</title>'
        return { status: 203, headers: { 'content-type': 'text/html; charset=utf-8' }, body: page }
      }
      if (!known) return { status: 302, headers: { location: '/_signin?realm=dev.azure.com' } }
      if (options.readOnly === true && service === 'git-receive-pack') {
        return {
          status: 403,
          headers: { 'content-type': 'text/plain' },
          body: joinPackets(['# service=git-receive-pack\n', READ_ONLY]),
        }
      }
      return undefined
    },
  })
}

/**
 * ssh.dev.azure.com: `v3/organisation/project/repository`, and a channel that is closed with the last byte; with
 * `leavesSilently` without an exit status, which OpenSSH's client takes for a failure.
 */
export function startAzureSsh(
  root: string,
  options: { readonly leavesSilently?: boolean } = {},
): Promise<SshHost> {
  return startSshHost({
    ...options,
    root,
    dialect: azureDialect(),
    parse(command) {
      const found = /^(git-upload-pack|git-receive-pack) '\/?v3\/[^/']+\/[^/']+\/([^/']+)'$/.exec(command)
      if (found === null) return `remote: Public key authentication failed: ${command}`
      const service = found[1] === 'git-upload-pack' ? 'git-upload-pack' : 'git-receive-pack'
      return { service, path: `${decodeURIComponent(found[2]!)}.git` }
    },
  })
}
