import { runToEnd } from '../../../src/base/steps.ts'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { makeBatches } from '../../../src/mirror/push/batches.ts'
import { pushBatches } from '../../../src/mirror/push/push-batches.ts'
import type { Fetching } from '../../../src/mirror/sessions/fetching.ts'
import { UploadPackPool } from '../../../src/mirror/sessions/upload-pack-pool.ts'
import { ReceivePackSession } from '../../../src/mirror/sessions/receive-pack-session.ts'
import type { PushMode } from '../../../src/mirror/state/fallbacks.ts'
import { startLearned } from '../../../src/mirror/state/learned.ts'
import { Ledger } from '../../../src/mirror/state/ledger.ts'
import type { Server } from '../../../src/mirror/sessions/server.ts'
import { readOptions } from '../../../src/options/read-options.ts'
import { isDelete, type RefUpdate } from '../../../src/plan/plan-types.ts'
import type { MirrorEvent } from '../../../src/report/events.ts'
import { openRemote } from '../../../src/transport/open-remote.ts'
import { parseRemoteUrl } from '../../../src/transport/address/remote-url.ts'
import { forEachRef, GIT_ENV, git, makeBareRepository, type Repository } from '../../support/git.ts'
import { addCommits } from '../../support/repositories.ts'
import { NONE } from './pushes.ts'

const MODE: PushMode = {
  thin: true,
  agent: true,
  spool: false,
  maxRefs: 5000,
  byKind: false,
  ownObjects: false,
  maxBytes: undefined,
  pieces: false,
  greetAhead: true,
}

function create(ref: string, id: string): RefUpdate {
  return { ref, sourceRef: ref, action: 'create', old: NONE, new: id, reason: '' }
}

function remove(ref: string, old: string): RefUpdate {
  return { ref, sourceRef: undefined, action: 'delete', old, new: NONE, reason: '' }
}

function serverOf(path: string, side: Server['side'], signal: AbortSignal, events: MirrorEvent[]): Server {
  const remote = openRemote({
    url: parseRemoteUrl(path, side),
    credentials: {},
    env: GIT_ENV,
    userAgent: 'git/kalandra-test',
    limits: { connect: 10_000, handshake: 10_000, idle: 60_000 },
  })
  return {
    remote,
    side,
    host: undefined,
    reporter: (event) => events.push(event),
    signal,
    agent: 'git/kalandra-test',
    idleTimeout: 60_000,
    pushOptions: [],
    verbose: false,
  }
}

interface Given {
  readonly maxRefs?: number
  readonly mode?: Partial<PushMode>
  /** Ids that the source is asked for in place of those of the updates. */
  readonly wants?: readonly string[]
  readonly signal?: AbortSignal
  /** Milliseconds that either server may be silent. */
  readonly idleTimeout?: number
  /** Milliseconds that the source takes for each slice of its pack. */
  readonly delay?: number
}

/** Pushes for real, from one local repository to another. */
async function push(
  source: Repository,
  destination: Repository,
  updates: readonly RefUpdate[],
  given: Given = {},
) {
  const events: MirrorEvent[] = []
  const signal = given.signal ?? new AbortController().signal
  const from = new UploadPackPool(serverOf(source.path, 'source', signal, events))
  const { idleTimeout = 60_000, delay = 0 } = given
  const server = { ...serverOf(destination.path, 'destination', signal, events), idleTimeout }
  const held = await ReceivePackSession.open(server)
  const mode = { ...MODE, ...given.mode }
  const fetchedFor: string[][] = []
  const fetch = (wants: readonly string[], haves: readonly string[] = []) =>
    from.fetch({ wants, haves, thin: true, ofsDelta: true })
  const ledger = new Ledger({ label: 'there', isDryRun: false, reporter: (event) => events.push(event) })
  const wants = given.wants ?? updates.filter((update) => !isDelete(update)).map((update) => update.new)
  const closings: Promise<void>[] = []
  const { options } = readOptions({ values: { source: source.path, destination: destination.path }, env: {} })
  const outcome = await pushBatches(
    { server, signal, reporter: server.reporter, options },
    {
      batches: runToEnd(
        makeBatches(updates, { maxRefs: given.maxRefs ?? 5000, byKind: false, atomic: false }),
      ),
      fetching: wants.length === 0 ? undefined : slow(await fetch(wants), delay),
      held,
      learned: startLearned(mode, 2_000_000_000),
      ledger,
      fetchFor: async (some, arrived) => {
        fetchedFor.push(some.map(({ ref }) => ref))
        return await fetch(
          some.map((update) => update.new),
          arrived,
        )
      },
      onClosing: (closed) => closings.push(closed),
    },
  ).finally(() => from.close())
  await Promise.all(closings)
  const notices = events.flatMap((event) => (event.kind === 'notice' ? [event.text] : []))
  return { outcome, figures: ledger.figures.result(), fetchedFor, notices }
}

function slow(fetching: Fetching, delay: number): Fetching {
  return {
    ...fetching,
    async next() {
      await sleep(delay)
      return await fetching.next()
    },
  }
}

async function addHook(repository: Repository, name: string, body: string): Promise<void> {
  await mkdir(join(repository.path, 'hooks'), { recursive: true })
  const path = join(repository.path, 'hooks', name)
  await writeFile(path, `#!/bin/sh\n${body}\n`)
  await chmod(path, 0o755)
}

async function makeSource() {
  const repository = await makeBareRepository()
  const ids = await addCommits(repository.path, 3)
  return { repository, ids, [Symbol.asyncDispose]: () => repository[Symbol.asyncDispose]() }
}

describe('pushes of several batches', () => {
  it('bring all objects with the first that needs any, and deletions need none', async () => {
    await using source = await makeSource()
    await using destination = await makeBareRepository()
    await git(source.repository.path, 'push', '-q', destination.path, `${source.ids[0]}:refs/heads/old`)
    const updates = [
      remove('refs/heads/old', source.ids[0]!),
      create('refs/heads/a', source.ids[2]!),
      create('refs/heads/b', source.ids[1]!),
    ]
    const { outcome, figures, fetchedFor } = await push(source.repository, destination, updates, {
      maxRefs: 1,
    })
    expect(outcome.error).toBeUndefined()
    expect(outcome.updates).toEqual(updates)
    expect(
      outcome.pushes.map(({ hasObjects, isSent, report }) => [hasObjects, isSent, report?.unpack]),
    ).toEqual([
      [false, true, 'ok'],
      [true, true, 'ok'],
      [false, true, 'ok'],
    ])
    expect(outcome.objects).toBe(9)
    expect(outcome.bytes).toBeGreaterThan(500)
    expect(figures).toMatchObject({ pushes: 3, objects: 9, packBytes: outcome.bytes })
    expect(fetchedFor).toEqual([])
    expect(outcome).toMatchObject({ overLimit: false, isShared: false, lines: [] })
    expect([...(await forEachRef(destination.path)).keys()]).toEqual(['refs/heads/a', 'refs/heads/b'])
  })

  it('bring their own objects where the first was refused, since it takes them along', async () => {
    await using source = await makeSource()
    await using destination = await makeBareRepository()
    await addHook(destination, 'update', '[ "$1" != refs/heads/a ]')
    const updates = [create('refs/heads/a', source.ids[2]!), create('refs/heads/b', source.ids[1]!)]
    const { outcome, fetchedFor } = await push(source.repository, destination, updates, { maxRefs: 1 })
    expect(outcome.pushes[0]?.report?.refs.get('refs/heads/a')).toEqual({
      ok: false,
      reason: 'hook declined',
    })
    expect(fetchedFor).toEqual([['refs/heads/b']])
    expect(outcome.pushes[1]).toMatchObject({ hasObjects: true, error: undefined })
    expect(await forEachRef(destination.path)).toEqual(new Map([['refs/heads/b', source.ids[1]]]))
  })

  it('bring their own objects from the start where that was learned, and what arrived is no more asked for', async () => {
    await using source = await makeSource()
    await using destination = await makeBareRepository()
    const updates = [create('refs/heads/a', source.ids[1]!), create('refs/heads/b', source.ids[2]!)]
    const given = { maxRefs: 1, mode: { ownObjects: true }, wants: [source.ids[1]!] }
    const { outcome, fetchedFor } = await push(source.repository, destination, updates, given)
    expect(fetchedFor).toEqual([['refs/heads/b']])
    expect(outcome.objects).toBe(3)
    expect((await forEachRef(destination.path)).size).toBe(2)
  })

  it('end with the first that the server cannot take, and tell its words', async () => {
    await using source = await makeSource()
    await using destination = await makeBareRepository({ config: { 'receive.maxInputSize': '50' } })
    const updates = [
      create('refs/heads/a', source.ids[2]!),
      create('refs/heads/b', source.ids[1]!),
      create('refs/heads/c', source.ids[1]!),
    ]
    const { outcome } = await push(source.repository, destination, updates, { maxRefs: 2 })
    expect(outcome.pushes).toHaveLength(1)
    expect(outcome.pushes[0]?.report?.unpack ?? outcome.error?.message).toMatch(
      /exceeds maximum|unpack|index-pack/,
    )
    expect(outcome.updates).toHaveLength(3)
    expect((await forEachRef(destination.path)).size).toBe(0)
  })

  it('end at our own limit of bytes, with nothing moved', async () => {
    await using source = await makeSource()
    await using destination = await makeBareRepository()
    const updates = [create('refs/heads/a', source.ids[2]!)]
    for (const spool of [false, true]) {
      const { outcome } = await push(source.repository, destination, updates, {
        mode: { maxBytes: 300, spool },
      })
      expect(outcome).toMatchObject({ overLimit: true, error: { code: 'too-large', side: 'destination' } })
      expect((await forEachRef(destination.path)).size).toBe(0)
    }
  })

  it('may collect the pack first, and say so', async () => {
    await using source = await makeSource()
    await using destination = await makeBareRepository()
    const updates = [create('refs/heads/a', source.ids[2]!)]
    const { outcome, notices, figures } = await push(source.repository, destination, updates, {
      mode: { spool: true },
    })
    expect(outcome.error).toBeUndefined()
    expect(notices.join('\n')).toMatch(/collected/)
    expect(figures.packBytes).toBe(outcome.bytes)
    expect((await forEachRef(destination.path)).size).toBe(1)
  })

  it('name the source where it breaks off, and send no command', async () => {
    await using source = await makeSource()
    await using destination = await makeBareRepository()
    const updates = [create('refs/heads/a', source.ids[2]!), create('refs/heads/b', 'd'.repeat(40))]
    const given = { maxRefs: 1, mode: { ownObjects: true }, wants: [source.ids[2]!] }
    const { outcome } = await push(source.repository, destination, updates, given)
    expect(outcome.pushes.map(({ isSent }) => isSent)).toEqual([true, false])
    expect(outcome.error).toMatchObject({ side: 'source' })
    expect(await forEachRef(destination.path)).toEqual(new Map([['refs/heads/a', source.ids[2]]]))
  })

  it('keep the words of hooks apart for each push', async () => {
    await using source = await makeSource()
    await using destination = await makeBareRepository()
    await addHook(destination, 'update', 'echo "about $1" >&2')
    const updates = [create('refs/heads/a', source.ids[2]!), create('refs/heads/b', source.ids[1]!)]
    const { outcome } = await push(source.repository, destination, updates, { maxRefs: 1 })
    expect(outcome.pushes.map(({ lines }) => lines)).toEqual([['about refs/heads/a'], ['about refs/heads/b']])
    expect(outcome.lines).toEqual(['about refs/heads/b'])
  })

  it('do not blame the destination for the silence of the source', async () => {
    await using source = await makeSource()
    await using destination = await makeBareRepository()
    const updates = [create('refs/heads/a', source.ids[2]!)]
    const { outcome } = await push(source.repository, destination, updates, { idleTimeout: 600, delay: 900 })
    expect(outcome.error).toBeUndefined()
    expect((await forEachRef(destination.path)).size).toBe(1)
  })

  it('end where the destination is silent once it has the pack', async () => {
    await using source = await makeSource()
    await using destination = await makeBareRepository()
    await addHook(destination, 'pre-receive', 'exec sleep 2')
    const updates = [create('refs/heads/a', source.ids[2]!)]
    const { outcome } = await push(source.repository, destination, updates, { idleTimeout: 600 })
    expect(outcome.error).toMatchObject({ code: 'timeout', side: 'destination' })
  })

  it('stop at once when the run is ended', async () => {
    await using source = await makeSource()
    await using destination = await makeBareRepository()
    const controller = new AbortController()
    await addHook(destination, 'pre-receive', 'sleep 30')
    const updates = [create('refs/heads/a', source.ids[2]!)]
    setTimeout(() => controller.abort(new Error('that is enough')), 300)
    await expect(
      push(source.repository, destination, updates, { signal: controller.signal }),
    ).rejects.toThrow()
    expect((await forEachRef(destination.path)).size).toBe(0)
  })
})
