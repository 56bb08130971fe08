import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Host, startHost } from './base.ts'
import { type Asked, type Dialect, findUnadvertised, rewriteReport } from './dialect.ts'
import { type GitHost, startGitHost } from './duplex-host.ts'
import { joinPackets } from './packets.ts'

/** A server built on go-git: every NAK twice, `no-thin`, and no word that was not offered. */
export function startGoGit(root: string): Promise<Host> {
  return startHost({
    root,
    dialect: {
      version: 0,
      words: (service, words) =>
        service === 'git-receive-pack'
          ? ['report-status', 'delete-refs', 'ofs-delta', 'no-thin', 'agent=go-git/5.x']
          : words.filter((word) => !/^(filter|session-id|no-done|allow-)/.test(word)),
      rewrite: (asked, answer) =>
        asked.service === 'git-upload-pack' && answer.subarray(0, 8).toString() === '0008NAK\n'
          ? Buffer.concat([answer.subarray(0, 8), answer])
          : answer,
    },
  })
}

export interface DulwichOptions {
  /** Takes no pack, and lies about it as it does about damaged ones. */
  readonly takesNoPack?: boolean
}

/** `dulwich` 0.21 on git://: v0, three capabilities that must be asked for, HEAD among receive-pack's refs. */
export async function startDulwich(root: string, options: DulwichOptions = {}): Promise<GitHost> {
  return await startGitHost(root, dulwichDialect(options))
}

function dulwichDialect({ takesNoPack }: DulwichOptions): Dialect {
  return {
    version: 0,
    leadingSpace: true,
    ...(takesNoPack ? { config: { 'receive.maxInputSize': '1' } } : {}),
    words: (service, words) =>
      service === 'git-upload-pack'
        ? [
            'multi_ack_detailed',
            'multi_ack',
            'side-band-64k',
            'thin-pack',
            'ofs-delta',
            'no-progress',
            'include-tag',
            'shallow',
            'no-done',
            ...words.filter((word) => word.startsWith('symref=')),
          ]
        : [
            'report-status',
            'delete-refs',
            'quiet',
            'ofs-delta',
            'side-band-64k',
            'no-done',
            'symref=HEAD:refs/heads/main',
          ],
    refs: (service, refs) => {
      const head = refs.find(({ name }) => name === 'refs/heads/main')
      return service === 'git-receive-pack' && head !== undefined
        ? [{ ...head, name: 'HEAD' }, ...refs]
        : refs
    },
    refuse(asked) {
      if (findUnadvertised(asked) !== undefined) return 'hang-up'
      if (asked.service === 'git-receive-pack') return undefined
      const demanded = ['thin-pack', 'ofs-delta', 'side-band-64k']
      return demanded.every((word) => asked.words.includes(word)) ? undefined : 'hang-up'
    },
    rewrite: moveAnyway,
  }
}

/** A damaged pack: versions before 1.0 name the error, say `ok` to every ref, and move it. */
async function moveAnyway(asked: Asked, answer: Buffer): Promise<Buffer> {
  if (asked.service !== 'git-receive-pack') return answer
  const lines: string[] = []
  rewriteReport(answer, (line) => {
    lines.push(line)
    return line
  })
  if (lines[0] === undefined || lines[0] === 'unpack ok') return answer
  const refs: string[] = []
  for (const line of asked.lines) {
    const [, id = '', ref = ''] = line.split(' ')
    // As a file, since no program of git's would.
    await writeFile(join(asked.repository, ref), `${id}\n`)
    refs.push(ref)
  }
  const report = ['unpack EOF before end of zlib stream\n', ...refs.map((ref) => `ok ${ref}\n`), 0 as const]
  return joinPackets([Buffer.concat([Buffer.from([1]), joinPackets(report)]), 0])
}
