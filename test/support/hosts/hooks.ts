import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export type HookName = 'pre-receive' | 'update' | 'post-receive' | 'post-update' | 'reference-transaction'

/** Gives a bare repository a hook: lines for sh. */
export async function writeHook(repository: string, name: HookName, lines: readonly string[]): Promise<void> {
  const folder = join(repository, 'hooks')
  await mkdir(folder, { recursive: true })
  const path = join(folder, name)
  await writeFile(path, ['#!/bin/sh', ...lines, ''].join('\n'))
  await chmod(path, 0o755)
}

/** A line of sh that writes to where the client sees it as `remote:`. */
export function say(text: string): string {
  return `printf '%s\\n' ${quote(text)} >&2`
}

/** Declines those updates of a push whose ref matches `pattern` (of sh's case), with words. */
export async function declineRefs(
  repository: string,
  rules: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  const cases = Object.entries(rules).map(
    ([pattern, words]) => `${pattern}) ${[...words.map(say), 'exit 1'].join('; ')};;`,
  )
  await writeHook(repository, 'update', ['case "$1" in', ...cases, 'esac', 'exit 0'])
}

/** Declines a whole push, with words, when one of its refs matches `pattern` (of sh's case). */
export async function declinePush(
  repository: string,
  pattern: string,
  words: readonly string[],
): Promise<void> {
  await writeHook(repository, 'pre-receive', [
    'while read -r old new ref; do',
    `  case "$ref" in ${pattern}) ${[...words.map(say), 'exit 1'].join('; ')};; esac`,
    'done',
    'exit 0',
  ])
}

/** Declines a whole push of more than `most` refs, with words. */
export async function limitPush(repository: string, most: number, words: readonly string[]): Promise<void> {
  await writeHook(repository, 'pre-receive', [
    'count=$(wc -l)',
    `if [ "$count" -gt ${most} ]; then ${[...words.map(say), 'exit 1'].join('; ')}; fi`,
    'exit 0',
  ])
}

/** Declines branches with a new tip whose tree has `path`, with words. */
export async function declinePath(repository: string, path: string, words: readonly string[]): Promise<void> {
  await writeHook(repository, 'update', [
    `git cat-file -e "$3:${path}" 2>/dev/null || exit 0`,
    ...words.map(say),
    'exit 1',
  ])
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
