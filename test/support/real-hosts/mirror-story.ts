import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { forEachRef, git, gitWith, makeBareRepository, type ObjectFormat } from '../git.ts'
import { addCommits, fillRepository } from '../repositories.ts'
import type { ActionResult } from '../runner.ts'
import { makeTempFolder, type TempFolder } from '../temp.ts'
import { type Endpoint, fileEndpoint, gitAt, listRefs, mirror, publish, type Side } from './endpoint.ts'

const STEPS = [
  'makes the first mirror',
  'finds nothing to do',
  'moves a branch forward and adds a tag',
  'forces a branch back, moves tags and deletes what is gone, in one push',
  'renames a to a/b and back',
  'keeps a diverged branch with force: false, and moves the rest',
] as const

const FEW = new Set([
  ...['main', 'side', 'unrelated', 'zwölf/größe'].map((name) => `refs/heads/${name}`),
  ...['light', 'v1.0.0', 'nested'].map((name) => `refs/tags/${name}`),
])

export type StoryStep = (typeof STEPS)[number]

export interface StoryOptions {
  /** A new empty repository on the host. */
  readonly create: (name: string) => Promise<Endpoint>
  /** The sides that the host plays. Default: both, one after the other. */
  readonly sides?: readonly Side[] | undefined
  /**
   * Fewer refs, and only refs of commits, for hosts that take long for each or fail at others; `ascii`: only names
   * of letters and digits. Default: false.
   */
  readonly few?: boolean | 'ascii' | undefined
  /** Steps that real git cannot do with this host either, by the side that the host plays. */
  readonly without?: Partial<Readonly<Record<Side, readonly StoryStep[]>>> | undefined
  /** Writes to the host on its disk, for hosts that real git cannot push everything to. Default: false. */
  readonly onDisk?: boolean | undefined
  readonly format?: ObjectFormat | undefined
  /** Of every run, beside those that let it in. */
  readonly inputs?: Readonly<Record<string, string>> | undefined
  /** Variables of the action, and of the git that checks what the destination has on its disk. */
  readonly env?: NodeJS.ProcessEnv | undefined
  /** Bytes that one commit of 200 bytes may cost. Default: 1,500. */
  readonly thin?: number | undefined
  /** Looks at the destination by the host's own means, after each mirror. */
  readonly look?: ((destination: Endpoint, refs: ReadonlyMap<string, string>) => Promise<void>) | undefined
}

/**
 * Tests of one host over one transport: a local repository is mirrored to it, and it is mirrored to a local
 * repository. A step starts where the one before it has ended. After each, real git lists both ends.
 */
export function describeMirror(title: string, options: StoryOptions): void {
  for (const side of options.sides ?? (['source', 'destination'] as const)) {
    describe(`${title} as ${side}`, () => tellStory(side, options))
  }
}

function tellStory(side: Side, options: StoryOptions): void {
  const { create, format, env, thin = 1_500 } = options
  let folder: TempFolder
  /** Where the tests change things; what the source has is published from here. */
  let origin: string
  let source: Endpoint
  let destination: Endpoint
  /** The step before has not come to its end. */
  let broken = false

  beforeAll(async () => {
    folder = await makeTempFolder()
    origin = (await makeBareRepository({ parent: folder.path, name: 'origin.git', format })).path
    const other = (await makeBareRepository({ parent: folder.path, name: 'other.git', format })).path
    const host = await create(side)
    source = side === 'source' ? host : fileEndpoint(origin)
    destination = side === 'source' ? fileEndpoint(other) : host
  })

  afterAll(() => folder?.[Symbol.asyncDispose]())

  const run = async (inputs: Record<string, string> = {}): Promise<ActionResult> => {
    if (source.path !== origin) {
      await publish(options.onDisk ? fileEndpoint(source.path!) : source, origin)
    }
    return await mirror(source, destination, { ...options.inputs, ...inputs }, { env })
  }

  /** The run was fine, both ends have the same branches and tags, and nothing is missing behind them. */
  const expectMirror = async (result: ActionResult): Promise<void> => {
    expect(result.errors, result.log).toEqual([])
    expect(result.exitCode, result.log).toBe(0)
    await expectRefs(await listRefs(source))
  }

  const expectRefs = async (expected: ReadonlyMap<string, string>): Promise<void> => {
    const there = await listRefs(destination)
    expect(Object.fromEntries(there)).toEqual(Object.fromEntries(expected))
    if (destination.path !== undefined) {
      await gitWith({ env }, destination.path, 'fsck', '--strict', '--full', '--no-dangling', '--no-progress')
    }
    await options.look?.(destination, there)
  }

  /** Takes away what a rename has left half done, which else is pushed again and again. */
  const recover = async (): Promise<void> => {
    for (const ref of ['refs/heads/a', 'refs/heads/a/b']) await git(origin, 'update-ref', '-d', ref)
    await run()
  }

  const step = (name: StoryStep, fn: () => Promise<void>): void => {
    if (options.without?.[side]?.includes(name)) return
    it(name, async () => {
      const before = broken
      broken = true
      if (before && name === STEPS.at(-1)) await recover()
      await fn()
      broken = false
    })
  }

  step('makes the first mirror', async () => {
    await fillRepository(origin)
    if (options.few) await dropMany(origin, options.few === 'ascii' ? /^[\w./-]+$/ : /^/)
    const result = await run()
    await expectMirror(result)
    const refs = [...(await listRefs(source)).keys()].filter((name) => !name.endsWith('^{}'))
    expect(refs.length).toBeGreaterThan(5)
    expect(changesOf(result)).toEqual(refs.map((ref) => `create ${ref}`).toSorted())
    expect(Number(result.outputs['pack-bytes'])).toBeGreaterThan(300_000)
  })

  step('finds nothing to do', async () => {
    const result = await run()
    await expectMirror(result)
    expect(result.outputs).toMatchObject({ changed: 'false', 'updated-refs': '[]', 'pack-bytes': '0' })
  })

  step('moves a branch forward and adds a tag', async () => {
    await addCommits(origin, 1, { path: 'README.md' })
    await git(origin, 'tag', '-a', '-m', 'Release 2.0.0', 'v2.0.0', 'refs/heads/main')
    const result = await run()
    await expectMirror(result)
    expect(changesOf(result)).toEqual(['create refs/tags/v2.0.0', 'update refs/heads/main'])
    expect(Number(result.outputs['pack-bytes'])).toBeLessThan(thin)
  })

  step('forces a branch back, moves tags and deletes what is gone, in one push', async () => {
    await git(origin, 'update-ref', 'refs/heads/main', 'refs/heads/main~2')
    await git(origin, 'tag', '-f', 'light', 'refs/heads/side')
    await git(origin, 'tag', '-f', '-a', '-m', 'Again', 'v1.0.0', 'refs/heads/side')
    await git(origin, 'update-ref', '-d', 'refs/heads/unrelated')
    await git(origin, 'update-ref', '-d', 'refs/tags/nested')
    // At an id of its own: what shares one with another ref is held back where symbolic refs are not told.
    await addCommits(origin, 1, { ref: 'refs/heads/a', from: await git(origin, 'rev-parse', 'side') })
    const result = await run()
    await expectMirror(result)
    const changes = changesOf(result)
    expect(changes.filter((line) => !line.includes('refs/tags/'))).toEqual([
      'create refs/heads/a',
      'delete refs/heads/unrelated',
      'force refs/heads/main',
    ])
    expect(changes.filter((line) => line.includes('refs/tags/')).map((line) => line.split(' ')[1])).toEqual([
      'refs/tags/nested',
      'refs/tags/light',
      'refs/tags/v1.0.0',
    ])
  })

  step('renames a to a/b and back', async () => {
    const id = await git(origin, 'rev-parse', 'refs/heads/a')
    await git(origin, 'update-ref', '-d', 'refs/heads/a')
    await git(origin, 'update-ref', 'refs/heads/a/b', id)
    const down = await run()
    await expectMirror(down)
    expect(changesOf(down)).toEqual(['create refs/heads/a/b', 'delete refs/heads/a'])
    await git(origin, 'update-ref', '-d', 'refs/heads/a/b')
    await git(origin, 'update-ref', 'refs/heads/a', id)
    const up = await run()
    await expectMirror(up)
    expect(changesOf(up)).toEqual(['create refs/heads/a', 'delete refs/heads/a/b'])
  })

  step('keeps a diverged branch with force: false, and moves the rest', async () => {
    const own = await addOwnCommit(
      folder.path,
      options.onDisk ? fileEndpoint(destination.path!) : destination,
    )
    await addCommits(origin, 2, { path: 'theirs' })
    await addCommits(origin, 1, { ref: 'refs/heads/side', path: 'theirs' })
    await git(origin, 'update-ref', 'refs/heads/fresh', 'refs/heads/side')
    const result = await run({ force: 'false', retries: '1' })
    expect(result.exitCode, result.log).toBe(1)
    expect(JSON.parse(result.outputs['rejected-refs'] ?? ''), result.log).toMatchObject([
      { ref: 'refs/heads/main' },
    ])
    expect(changesOf(result)).toEqual(['create refs/heads/fresh', 'update refs/heads/side'])
    const expected = await listRefs(source)
    await expectRefs(expected.set('refs/heads/main', own))
  })
}

/** Takes away what `fillRepository` has beyond the common. */
async function dropMany(origin: string, pattern: RegExp): Promise<void> {
  const names = [...(await forEachRef(origin, 'refs/heads', 'refs/tags')).keys()]
  const gone = names.filter((name) => !FEW.has(name) || !pattern.test(name)).map((name) => `delete ${name}\n`)
  await gitWith({ input: gone.join('') }, origin, 'update-ref', '--stdin')
}

/** `ACTION REF` of each change that the action reports, in order. */
export function changesOf(result: ActionResult): readonly string[] {
  const changed = JSON.parse(result.outputs['updated-refs'] ?? '') as { ref: string; action: string }[]
  return changed.map(({ ref, action }) => `${action} ${ref}`).toSorted()
}

/** A commit on the endpoint's main that nobody else has; real git pushes it. Gives its id. */
export async function addOwnCommit(folder: string, endpoint: Endpoint): Promise<string> {
  const format = (await listRefs(endpoint)).get('refs/heads/main')!.length === 64 ? 'sha256' : 'sha1'
  const own = (await makeBareRepository({ parent: folder, name: 'own.git', format })).path
  await gitAt(endpoint, own, ['fetch', '-q', 'URL', 'refs/heads/main:refs/heads/main'])
  await addCommits(own, 1, { path: 'own' })
  await gitAt(endpoint, own, ['push', '-q', 'URL', 'refs/heads/main'])
  return await git(own, 'rev-parse', 'refs/heads/main')
}
