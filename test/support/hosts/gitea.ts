import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Sshd, startSshd } from '../sshd.ts'
import { type Host, startHost } from './base.ts'

export interface GiteaOptions {
  readonly root: string
  /** Repositories that are mirrors: nobody pushes to them. */
  readonly mirrors?: readonly string[]
  /** Bytes of a body that the front end takes: longer ones get 413. */
  readonly bodyLimit?: number
}

/** Gitea, Forgejo, Codeberg: git itself behind their own routes (5.7 of the hosts' facts). */
export function startGitea({ root, mirrors = [], bodyLimit = Infinity }: GiteaOptions): Promise<Host> {
  return startHost({
    root,
    dialect: {
      config: { 'uploadpack.allowFilter': 'true', 'receive.advertisePushOptions': 'true' },
      serviceLine: true,
    },
    gate: ({ repository, service }) =>
      service === 'git-receive-pack' && mirrors.includes(repository.replace(/^\/|\.git$/g, ''))
        ? { status: 403, body: 'mirror repository is read-only' }
        : undefined,
    meter: ({ received }) =>
      received > bodyLimit ? { status: 413, body: '<h1>413 Request Entity Too Large</h1>' } : undefined,
  })
}

/** Its ssh side: one system user, and a forced command that knows the key. */
export async function startGiteaSsh(folder: string, root: string): Promise<Sshd> {
  const script = join(folder, 'gitea-serv')
  await writeFile(
    script,
    [
      '#!/bin/sh',
      `repository=$(printf '%s' "$SSH_ORIGINAL_COMMAND" | sed "s/^[^']*'//; s/'.*//; s,^/,,")`,
      `[ -d "${root}/$repository" ] || { echo 'Gitea: Cannot find repository: '"$repository" >&2; exit 1; }`,
      'case "$SSH_ORIGINAL_COMMAND" in',
      `  git-upload-pack\\ *) exec git upload-pack "${root}/$repository";;`,
      `  git-receive-pack\\ *) exec git receive-pack "${root}/$repository";;`,
      "  *) echo 'Gitea: Unknown git command' >&2; exit 1;;",
      'esac',
      '',
    ].join('\n'),
  )
  await chmod(script, 0o755)
  return await startSshd({ forceCommand: script })
}
