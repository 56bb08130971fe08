import { DEFAULT_IDLE_SECONDS, DEFAULT_MAX_DELETIONS, DEFAULT_RETRIES } from '../options/options.ts'

export const HELP = `Mirrors a Git repository to other servers, without a clone.

Usage: node dist/index.js SOURCE DESTINATION [DESTINATION...] [options]

SOURCE and DESTINATION are https://, http://, ssh://, git:// or file:// addresses, git@host:path, or
absolute paths.

What is mirrored
  --refs REFSPEC            may be repeated; default: refs/heads/* and refs/tags/*
                            refs/heads/main:refs/heads/stable renames, ^refs/heads/wip/* leaves out
  --no-prune                keep destination refs that the source no longer has
  --max-deletions N         stop when more would be deleted; default ${DEFAULT_MAX_DELETIONS}, or: unlimited
  --no-force                branches only fast-forward, tags never move
  --atomic                  all refs of a destination or none
  --dry-run                 plan and report, change nothing
  --allow-unrelated         allow a destination that shares nothing with the source

How
  --retries N               attempts after a passing failure; default ${DEFAULT_RETRIES}
  --idle-timeout SECONDS    give up after so long without a byte; default ${DEFAULT_IDLE_SECONDS}
  --max-pack-size SIZE      largest pack of one push: 500M, 2G
  --max-refs-per-push N     most refs of one push; default 5000, or the known limit of the host;
                            a path takes a million
  --transfer WAY            auto, stream or spool
  --source-username NAME, --destination-username NAME
                            default: x-access-token

Keys and tokens are never arguments. Each has an environment variable and an option that names a file:
  KALANDRA_SOURCE_TOKEN                --source-token-file PATH
  KALANDRA_DESTINATION_TOKEN           --destination-token-file PATH
  KALANDRA_SOURCE_SSH_KEY              --source-ssh-key-file PATH
  KALANDRA_DESTINATION_SSH_KEY         --destination-ssh-key-file PATH
  KALANDRA_SOURCE_SSH_PASSPHRASE       --source-ssh-passphrase-file PATH
  KALANDRA_DESTINATION_SSH_PASSPHRASE  --destination-ssh-passphrase-file PATH
  ~/.ssh/known_hosts is read; --ssh-known-hosts-file PATH adds another one.

Output
  --json                    the result as JSON on stdout, everything else on stderr
  --verbose, -v             show the progress texts of the servers
  --help, -h   --version

Exit status: 0 mirrored, 1 failed or rejected, 2 wrong use.
`
