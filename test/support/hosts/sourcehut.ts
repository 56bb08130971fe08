import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Sshd, startSshd } from '../sshd.ts'

/**
 * git.sr.ht over ssh: a forced command that takes `~user/repository`, drops GIT_PROTOCOL, offers push options
 * and prints a line for people after each push. `~user` is the folder `~user` below `root`.
 */
export async function startSourcehut(folder: string, root: string): Promise<Sshd> {
  const script = join(folder, 'gitsrht-shell')
  await writeFile(
    script,
    [
      '#!/bin/sh',
      'unset GIT_PROTOCOL',
      `path=$(printf '%s' "$SSH_ORIGINAL_COMMAND" | sed "s/^[^']*'//; s/'.*//; s,^/,,")`,
      'case "$path" in',
      '  "~"*) ;;',
      "  *) echo 'Repositories are at ~user/name' >&2; exit 128;;",
      'esac',
      `[ -d "${root}/$path" ] || { echo "Repository not found: $path" >&2; exit 128; }`,
      'case "$SSH_ORIGINAL_COMMAND" in',
      `  git-upload-pack\\ *) exec git upload-pack "${root}/$path";;`,
      '  git-receive-pack\\ *)',
      `    git -c receive.advertisePushOptions=true receive-pack "${root}/$path"; status=$?`,
      "    echo 'See the log of this push at https://builds.example/1' >&2; exit $status;;",
      'esac',
      "echo 'You are not allowed to log in' >&2",
      'exit 128',
      '',
    ].join('\n'),
  )
  await chmod(script, 0o755)
  return await startSshd({ forceCommand: script })
}
