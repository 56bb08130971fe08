import { type Host, type HostOptions, startHost } from './base.ts'
import { declinePush, writeHook } from './hooks.ts'

export interface GitLabOptions {
  readonly root: string
  /** Bytes of a body that the front end takes: longer ones get 413. */
  readonly bodyLimit?: number
}

/** gitlab.com: git itself behind a front end that redirects addresses without `.git` (5.2 of the hosts' facts). */
export function startGitLab({ root, bodyLimit }: GitLabOptions): Promise<Host> {
  const meter: HostOptions['meter'] = ({ received }) =>
    bodyLimit !== undefined && received > bodyLimit
      ? { status: 413, body: '413 Request Entity Too Large' }
      : undefined
  return startHost({
    root,
    dialect: {
      config: {
        'uploadpack.allowFilter': 'true',
        'receive.advertisePushOptions': 'true',
        'transfer.hideRefs': 'refs/keep-around',
        'receive.hideRefs': 'refs/merge-requests',
      },
    },
    gate({ path, repository, query, service }) {
      if (service === undefined || repository.endsWith('.git')) return undefined
      const location = `${repository}.git${path.slice(repository.length)}?${query.toString()}`
      return { status: 301, headers: { location } }
    },
    meter,
  })
}

/** The default branch is protected: no force, no deletion. Its hook judges the push as one. */
export async function protectGitLabBranch(repository: string, ref: string): Promise<void> {
  const zero = '0'.repeat(40)
  await writeHook(repository, 'pre-receive', [
    'while read -r old new ref; do',
    `  [ "$ref" = "${ref}" ] || continue`,
    `  if [ "$new" = ${zero} ]; then`,
    "    echo 'GitLab: The default branch of a project cannot be deleted.' >&2; exit 1; fi",
    `  [ "$old" = ${zero} ] && continue`,
    '  git merge-base --is-ancestor "$old" "$new" && continue',
    "  echo 'GitLab: You are not allowed to force push code to a protected branch on this project.' >&2; exit 1",
    'done',
    'exit 0',
  ])
}

/** As a project does whose LFS objects were not sent before. */
export async function demandLfs(repository: string, pattern = 'refs/heads/*'): Promise<void> {
  await declinePush(repository, pattern, [
    'GitLab: LFS objects are missing. Ensure LFS is properly set up or try a manual "git lfs push --all".',
  ])
}
