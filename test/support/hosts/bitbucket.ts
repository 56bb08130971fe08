import { type Host, startHost } from './base.ts'
import { writeFile, chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { type Sshd, startSshd } from '../sshd.ts'

/** bitbucket.org: a limit for one push, and refs of pull requests that nobody may write (5.3 of the hosts' facts). */
export function startBitbucketCloud(options: {
  readonly root: string
  readonly maxInputSize?: number
}): Promise<Host> {
  const { root, maxInputSize } = options
  return startHost({
    root,
    dialect: {
      config: {
        'receive.hideRefs': 'refs/pull-requests',
        ...(maxInputSize === undefined ? {} : { 'receive.maxInputSize': String(maxInputSize) }),
      },
    },
  })
}

/** Bitbucket Server, below `/scm/`: v2 without the `# service=` line. */
export function startBitbucketServer(root: string): Promise<Host> {
  return startHost({
    root,
    dialect: {
      serviceLine: false,
      lines: (lines) => lines.filter((line) => !/^(object-info|session-id)/.test(line)),
    },
    locate: (path) => (path.startsWith('/scm/') ? path.slice('/scm'.length) : undefined),
  })
}

/** Its ssh side: OpenSSH whose command is parsed by a program that knows single quotes alone. */
export async function startBitbucketServerSsh(folder: string, root: string): Promise<Sshd> {
  const script = join(folder, 'bitbucket-shell')
  await writeFile(
    script,
    [
      '#!/bin/sh',
      'command=$SSH_ORIGINAL_COMMAND',
      'case "$command" in',
      `  "git-upload-pack '/"*"'"|"git-receive-pack '/"*"'") ;;`,
      '  *) echo "Unsupported command: $command" >&2; exit 1;;',
      'esac',
      `path=\${command#*\\'}`,
      `path=\${path%\\'}`,
      `case "$path" in *"'"*|*'"'*) echo 'Repository does not exist' >&2; exit 1;; esac`,
      `exec git "$(echo "\${command%% *}" | cut -c5-)" "${root}$path"`,
      '',
    ].join('\n'),
  )
  await chmod(script, 0o755)
  return await startSshd({ forceCommand: script })
}
