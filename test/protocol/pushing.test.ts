import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runToEnd } from '../../src/base/steps.ts'
import { type Advertisement, readAdvertisement } from '../../src/protocol/advertisement.ts'
import { isNullId } from '../../src/protocol/object-id.ts'
import { emptyPack } from '../../src/protocol/pack.ts'
import { type CommandsRequest, encodeCommands, type RefCommand } from '../../src/protocol/push-request.ts'
import { type PushReport, readPushReport } from '../../src/protocol/report-status.ts'
import { forEachRef, makeBareRepository, packAll } from '../support/git.ts'
import { addCommits, addRefs } from '../support/repositories.ts'
import { serve } from './serve.ts'

const ZERO = '0'.repeat(40)

interface Push {
  readonly commands: readonly RefCommand[]
  readonly pack?: Uint8Array
  readonly options?: Partial<CommandsRequest>
}

interface Pushed {
  readonly report: PushReport
  readonly texts: string
  readonly status: number | null
}

/** A null id as `next` makes it a deletion. */
function command(ref: string, old: string, next: string): RefCommand {
  return isNullId(next) ? { kind: 'delete', ref, old } : { kind: 'update', ref, old, new: next }
}

async function push(dir: string, { commands, pack, options = {} }: Push): Promise<Pushed> {
  await using served = serve('receive-pack', dir)
  const { capabilities, format }: Advertisement = await readAdvertisement(served.packets)
  const request = { commands, capabilities, format, agent: 'git/kalandra-1', atomic: false, ...options }
  served.send(runToEnd(encodeCommands(request)))
  if (pack) served.send(pack)
  const texts: string[] = []
  const report = await readPushReport(served.packets, {
    sideband: request.capabilities.has('side-band-64k'),
    onProgress: (text) => texts.push(text),
  })
  return { report, texts: texts.join(''), status: await served.end() }
}

async function writeHook(dir: string, name: string, script: string): Promise<void> {
  await mkdir(join(dir, 'hooks'), { recursive: true })
  await writeFile(join(dir, 'hooks', name), `#!/bin/sh\n${script}\n`)
  await chmod(join(dir, 'hooks', name), 0o755)
}

describe('pushing to real git', () => {
  it.each(['sha1', 'sha256'] as const)('[I3] creates, updates and deletes refs in %s', async (format) => {
    await using source = await makeBareRepository({ format })
    await using destination = await makeBareRepository({ format })
    const [first, second] = await addCommits(source.path, 2)
    const zero = '0'.repeat(format === 'sha1' ? 40 : 64)
    const created = await push(destination.path, {
      commands: ['a', 'b', 'c'].map((name) => command(`refs/heads/${name}`, zero, first!)),
      pack: await packAll(source.path),
    })
    expect(created.report.unpack).toBe('ok')
    expect([...created.report.refs.values()]).toEqual([{ ok: true }, { ok: true }, { ok: true }])
    expect(created.status).toBe(0)
    const moved = await push(destination.path, {
      commands: [command('refs/heads/b', first!, zero), command('refs/heads/a', first!, second!)],
      pack: emptyPack(format),
    })
    expect([...moved.report.refs.values()]).toEqual([{ ok: true }, { ok: true }])
    expect(await forEachRef(destination.path)).toEqual(
      new Map([
        ['refs/heads/a', second],
        ['refs/heads/c', first],
      ]),
    )
  })

  it('[G10] deletes without a pack', async () => {
    await using destination = await makeBareRepository()
    const [id] = await addCommits(destination.path, 1)
    await addRefs(destination.path, 2, id!)
    const { report, status } = await push(destination.path, {
      commands: [command('refs/tags/n1', id!, ZERO)],
    })
    expect([report.unpack, status]).toEqual(['ok', 0])
    expect([...(await forEachRef(destination.path)).keys()]).toEqual(['refs/heads/main', 'refs/tags/n2'])
  })

  it('[B15] reads what git says of each ref', async () => {
    await using destination = await makeBareRepository()
    const [first, second] = await addCommits(destination.path, 2)
    const { report } = await push(destination.path, {
      commands: [
        command('refs/heads/new', ZERO, second!),
        command('refs/heads/main', first!, ZERO),
        command('refs/heads/gone', ZERO, 'd'.repeat(40)),
      ],
      pack: emptyPack('sha1'),
    })
    expect(report.unpack).toBe('ok')
    expect(report.refs.get('refs/heads/new')).toEqual({ ok: true })
    expect(report.refs.get('refs/heads/main')).toMatchObject({ ok: false })
    expect(report.refs.get('refs/heads/gone')).toEqual({ ok: false, reason: 'missing necessary objects' })
  })

  it('[B12] reads the report of 2,000 refs, which git cuts into several packets', async () => {
    await using destination = await makeBareRepository()
    const [id] = await addCommits(destination.path, 1)
    const commands = Array.from({ length: 2000 }, (_, index) => {
      return command(`refs/heads/a-rather-long-name-for-a-branch/number-${index}`, ZERO, id!)
    })
    const { report } = await push(destination.path, { commands, pack: emptyPack('sha1') })
    expect(report.refs.size).toBe(2000)
    expect([...report.refs.values()].every(({ ok }) => ok)).toBe(true)
  })

  it('[B16] passes on the words of hooks, before the report and after it', async () => {
    await using destination = await makeBareRepository()
    const [id] = await addCommits(destination.path, 1)
    await writeHook(destination.path, 'pre-receive', 'echo "before: unpack ng" >&2')
    await writeHook(destination.path, 'post-receive', 'echo "after" >&2')
    const { report, texts } = await push(destination.path, {
      commands: [command('refs/heads/new', ZERO, id!)],
      pack: emptyPack('sha1'),
    })
    expect(texts).toContain('before: unpack ng\n')
    expect(texts).toContain('after\n')
    expect(report).toEqual({ unpack: 'ok', refs: new Map([['refs/heads/new', { ok: true }]]) })
  })

  it('[B17] keeps the words about a pack that was cut, and no ref moves', async () => {
    await using source = await makeBareRepository()
    await using destination = await makeBareRepository()
    const [id] = await addCommits(source.path, 1)
    const whole = await packAll(source.path)
    await using served = serve('receive-pack', destination.path)
    const { capabilities, format } = await readAdvertisement(served.packets)
    const commands = [command('refs/heads/main', ZERO, id!)]
    served.send(runToEnd(encodeCommands({ commands, capabilities, format, agent: '', atomic: false })))
    served.send(whole.subarray(0, -30))
    void served.end()
    const report = await readPushReport(served.packets, { sideband: true })
    expect(report.unpack).not.toBe('ok')
    expect(report.refs.get('refs/heads/main')).toEqual({ ok: false, reason: 'unpacker error' })
    expect(await forEachRef(destination.path)).toEqual(new Map())
  })

  it('[G12] asks for all or nothing', async () => {
    await using destination = await makeBareRepository()
    const [id] = await addCommits(destination.path, 1)
    const { report } = await push(destination.path, {
      commands: [command('refs/heads/new', ZERO, id!), command('refs/heads/main', 'd'.repeat(40), ZERO)],
      pack: emptyPack('sha1'),
      options: { atomic: true },
    })
    expect([...report.refs.values()].map(({ ok }) => ok)).toEqual([false, false])
    expect([...(await forEachRef(destination.path)).keys()]).toEqual(['refs/heads/main'])
  })
})
