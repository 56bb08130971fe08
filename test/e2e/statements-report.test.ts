import { describe, expect, it } from 'vitest'
import { forEachRef, git } from '../support/git.ts'
import { type Host, startHost } from '../support/hosts/base.ts'
import { type Dialect, rewriteReport } from '../support/hosts/dialect.ts'
import { makePair, type Pair } from '../support/hosts/histories.ts'
import { declineRefs, say, writeHook } from '../support/hosts/hooks.ts'
import { startDulwich } from '../support/hosts/other-servers.ts'
import { cutPackets, joinPackets, type Packet } from '../support/hosts/packets.ts'
import { expectMirror, type Mirrored, rejectionOf, runMirror } from '../support/hosts/run.ts'
import { runAction } from '../support/runner.ts'
import { makeTempFolder } from '../support/temp.ts'

type Rewrite = (answer: Buffer) => Buffer

function startRewriting(root: string, rewrite: Rewrite, dialect: Dialect = {}): Promise<Host> {
  return startHost({
    root,
    dialect: {
      ...dialect,
      rewrite: (asked, answer) => (asked.service === 'git-receive-pack' ? rewrite(answer) : answer),
    },
  })
}

/** Every slice of band 1 in packets of `size` bytes, with empty ones of both bands between them. */
function crumble(answer: Buffer, size: number): Buffer {
  const { packets, rest } = cutPackets(answer)
  const small = packets.flatMap((packet): Packet[] => {
    if (typeof packet === 'number' || packet[0] !== 1) return [packet]
    const slices: Packet[] = []
    for (let at = 1; at < packet.length; at += size) {
      slices.push(Buffer.concat([Buffer.from([1]), packet.subarray(at, at + size)]))
      slices.push(Buffer.from([1]), Buffer.from([2]))
    }
    return slices
  })
  return Buffer.concat([joinPackets(small), rest])
}

async function mirrorWith(folder: string, pair: Pair, rewrite: Rewrite): Promise<Mirrored> {
  await using host = await startRewriting(folder, rewrite)
  return await runMirror({ source: pair.source, destination: host.url('destination') })
}

describe('what a report says', () => {
  it('[B12] is read where it is cut anywhere over packets of band 1', async () => {
    for (const size of [1, 7]) {
      await using folder = await makeTempFolder()
      const pair = await makePair(folder.path)
      await declineRefs(pair.destination, { 'refs/heads/s*': ['not these'] })
      const mirrored = await mirrorWith(folder.path, pair, (answer) => crumble(answer, size))
      expect(mirrored.exitCode, mirrored.log).toBe(1)
      expect(mirrored.destination.rejected.map(({ ref, reason }) => [ref, reason])).toEqual([
        ['refs/heads/same-name', 'hook declined'],
        ['refs/heads/side', 'hook declined'],
      ])
      expect(mirrored.destination.figures.pushes).toBe(1)
      expect(mirrored.destination.changed).toHaveLength(15)
    }
  })

  it('[B15] may hold options, words of its own for ok, and refs that nobody pushed', async () => {
    await using folder = await makeTempFolder()
    const pair = await makePair(folder.path)
    const mirrored = await mirrorWith(folder.path, pair, (answer) => {
      const { packets } = cutPackets(answer)
      const report = cutPackets(
        Buffer.concat(packets.flatMap((packet) => (typeof packet === 'number' ? [] : [packet.subarray(1)]))),
      ).packets
      const lines = report.flatMap((packet): (Packet | string)[] => {
        if (typeof packet === 'number') return ['ok refs/heads/of-somebody-else\n', packet]
        const line = packet.toString()
        if (line.startsWith('ok refs/heads/main')) return [line, 'option forced-update\n', line]
        return [line.replace(/^ok refs\/tags/, 'ff refs/tags')]
      })
      return joinPackets([Buffer.concat([Buffer.from([1]), joinPackets(lines)]), 0])
    })
    await expectMirror(mirrored, pair.source, pair.destination)
  })

  it('[B18] is not believed: ok for a ref that did not move is a refusal', async () => {
    await using folder = await makeTempFolder()
    const pair = await makePair(folder.path)
    await declineRefs(pair.destination, { 'refs/heads/side': [] })
    const mirrored = await mirrorWith(folder.path, pair, (answer) =>
      rewriteReport(answer, (line) => line.replace(/^ng (\S+) .*$/, 'ok $1')),
    )
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    expect(rejectionOf(mirrored, 'refs/heads/side').reason).toMatch(/reported ok.*listing shows/)
    expect(mirrored.destination.changed).toHaveLength(16)
  })

  it('[B18] is not needed: a push whose report got lost is judged by the listing', async () => {
    await using folder = await makeTempFolder()
    const pair = await makePair(folder.path)
    const mirrored = await mirrorWith(folder.path, pair, (answer) => answer.subarray(0, 10))
    await expectMirror(mirrored, pair.source, pair.destination)
    expect(mirrored.destination.changed).toHaveLength(17)
  })

  it('[G3] an error of the pack fails the run though dulwich says ok and moves the refs to nothing', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await git(source, 'push', '-q', destination, 'refs/heads/side')
    await using host = await startDulwich(folder.path, { takesNoPack: true })
    const args = ['--refs', 'refs/heads/main', '--refs', 'refs/heads/side']
    const mirrored = await runMirror({ source, destination: host.url('destination.git'), args })
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    expect(mirrored.log).toContain('EOF before end of zlib stream')
    expect(mirrored.destination.status).not.toBe('mirrored')
    expect(mirrored.destination.changed).toEqual([])
    const { reason } = rejectionOf(mirrored, 'refs/heads/main')
    expect(reason).toMatch(/could not take the pack.*moved the ref all the same/)
  })

  it('[B17] an error of the pack is more than the ok of a ref', async () => {
    await using folder = await makeTempFolder()
    const pair = await makePair(folder.path, { 'receive.maxInputSize': '1000' })
    const mirrored = await mirrorWith(folder.path, pair, (answer) =>
      rewriteReport(answer, (line) =>
        line.replace(/^ng (\S+) .*$/, 'ok $1').replace(/^unpack .*/, 'unpack broken'),
      ),
    )
    expect(mirrored.exitCode, mirrored.log).toBe(1)
    expect(mirrored.destination.changed).toEqual([])
    expect(mirrored.log).toContain('maximum allowed size')
    expect(await forEachRef(pair.destination, 'refs/heads')).toEqual(new Map())
  })
})

describe('what a server says beside it', () => {
  it('[B14] is printed without its control characters, and does not speak to the runner', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await writeHook(destination, 'pre-receive', [
      "printf 'plain \\033[31mred\\033[0m\\n::error::made up\\rover\\n##[error]also made up\\n' >&2",
      say('::set-output name=changed::no'),
    ])
    const result = await runAction({ inputs: { source, destination, 'source-token': '' } })
    expect(result.exitCode, result.log).toBe(0)
    expect(result.log).toContain('remote: plain')
    expect(result.log).not.toContain('\u001B')
    expect(result.log).not.toContain('##[error]')
    expect(result.errors).toEqual([])
    expect(result.commands.map(({ name }) => name)).not.toContain('set-output')
    expect(result.outputs['changed']).toBe('true')
  })

  it('[B16] comes after the report too: a hook that runs last, and its failure, are no refusal', async () => {
    await using folder = await makeTempFolder()
    const { source, destination } = await makePair(folder.path)
    await writeHook(destination, 'post-receive', [say('deploying'), 'exit 3'])
    const mirrored = await runMirror({ source, destination })
    await expectMirror(mirrored, source, destination)
    expect(mirrored.log).toContain('remote: deploying')
  })

  for (const [keepAlive, what] of [
    ['1', 'are signs of life while a hook thinks, and those count'],
    ['0', 'are missed where a server does not send them'],
  ] as const) {
    it(`[B13] empty packets ${what}`, async () => {
      await using folder = await makeTempFolder()
      const config = { 'receive.keepAlive': keepAlive }
      const { source, destination } = await makePair(folder.path, config)
      await writeHook(destination, 'pre-receive', ['cat >/dev/null', 'sleep 3', 'exit 0'])
      await using host = await startHost({ root: folder.path, dialect: {} })
      const args = ['--idle-timeout', '2']
      const mirrored = await runMirror({ source, destination: host.url('destination'), args })
      if (keepAlive === '1') return await expectMirror(mirrored, source, destination)
      expect(mirrored.exitCode, mirrored.log).toBe(1)
      expect(mirrored.log).toMatch(/was silent for 2 seconds/)
    })
  }
})
