import { describe, expect, it } from 'vitest'
import { askAncestry } from '../../../src/mirror/history/ancestry.ts'
import { askBoundary } from '../../../src/mirror/history/boundary.ts'
import { askKnownIds } from '../../../src/mirror/history/known-ids.ts'
import { openPack } from '../../../src/mirror/pack/opened-pack.ts'
import { askTimeCut, findNewer } from '../../../src/mirror/history/time-cut.ts'
import { git, makeBareRepository, runGit } from '../../support/git.ts'
import { addCommits } from '../../support/repositories.ts'
import { startGitDaemon } from '../../support/servers/git-daemon.ts'
import { ask } from './asking.ts'

describe('questions about history', () => {
  for (const old of [false, true]) {
    const version = old ? 'v0' : 'v2'

    it(`tell ancestors from strangers, ${version}`, async () => {
      await using repository = await makeBareRepository()
      const ids = await addCommits(repository.path, 5)
      const [other] = await addCommits(repository.path, 1, { ref: 'refs/heads/other', path: 'o' })
      await using source = ask(repository.path, { old })
      const tip = ids.at(-1)!
      const answers = await askAncestry(source.server, [
        { old: ids[0]!, new: tip },
        { old: other!, new: tip },
        { old: tip, new: other! },
        { old: ids[3]!, new: tip },
        { old: 'd'.repeat(40), new: tip },
      ])
      expect(answers).toEqual([true, false, false, true, false])
    })

    it(`[C4] take an acknowledgment as yes, and nothing as no, ${version}`, async () => {
      await using repository = await makeBareRepository()
      const ids = await addCommits(repository.path, 3)
      await using source = ask(repository.path, { old })
      const common = await askKnownIds(source.server, { ids: [ids[0]!, 'e'.repeat(40)], want: ids[2] })
      expect([...common]).toEqual([ids[0]])
    })

    it(`[C2] find the commits N steps back, each time anew, ${version}`, async () => {
      await using repository = await makeBareRepository()
      const ids = await addCommits(repository.path, 20)
      await using source = ask(repository.path, { old })
      for (const depth of [2, 8, 4]) {
        expect(await askBoundary(source.server, [ids[19]!], depth)).toEqual([ids[20 - depth]])
      }
      expect(await askBoundary(source.server, [ids[19]!], 500)).toEqual([])
    })
  }

  it('[D3] find the commits at a moment', async () => {
    await using repository = await makeBareRepository()
    const ids = await addCommits(repository.path, 10)
    await using source = ask(repository.path)
    const timeOf = async (id: string): Promise<number> =>
      Number(await git(repository.path, 'log', '-1', '--format=%ct', id))
    const tips = [ids[9]!]
    expect(await askTimeCut(source.server, tips, await timeOf(ids[4]!))).toEqual({
      kind: 'cut',
      ids: [ids[4]],
    })
    expect(await findNewer(source.server, ids, (await timeOf(ids[7]!)) - 1)).toEqual(ids.slice(7))
  })

  it('[D4] tell a moment before the first commit from one after the last', async () => {
    await using repository = await makeBareRepository()
    const ids = await addCommits(repository.path, 3)
    await using source = ask(repository.path)
    expect(await askTimeCut(source.server, ids, 1_000_000)).toEqual({ kind: 'before' })
    expect(await askTimeCut(source.server, ids, 4_000_000_000)).toEqual({ kind: 'after' })
  })

  it('[D1] want any object in v2, and tips alone in v0', async () => {
    await using repository = await makeBareRepository()
    const ids = await addCommits(repository.path, 4)
    const question = { wants: [ids[1]!], haves: [ids[0]!], thin: true, ofsDelta: true }
    await using source = ask(repository.path)
    const pack = await openPack(await source.server.fetch(question))
    expect(pack.objects).toBe(3)
    await using old = ask(repository.path, { old: true })
    await expect(old.server.fetch(question)).rejects.toMatchObject({
      code: 'server',
      side: 'source',
      serverText: expect.stringContaining(`not our ref ${ids[1]}`),
    })
  })

  it('[H3] are no sign of a shallow source, which shows itself unasked', async () => {
    await using repository = await makeBareRepository()
    const ids = await addCommits(repository.path, 6)
    await using whole = ask(repository.path)
    expect(await askBoundary(whole.server, [ids[5]!], 2)).toHaveLength(1)
    await runGit(repository.path, [
      'clone',
      '-q',
      '--bare',
      '--depth=2',
      `file://${repository.path}`,
      'shallow.git',
    ])
    for (const old of [false, true]) {
      await using source = ask(`${repository.path}/shallow.git`, { old })
      const fetch = async (): Promise<unknown> => {
        const { shallow } = await source.server.list(['refs/heads/'])
        if (shallow.length > 0) return 'shown by the listing'
        return await source.server.fetch({ wants: [ids[5]!], haves: [], thin: true, ofsDelta: true })
      }
      if (old) expect(await fetch()).toBe('shown by the listing')
      else
        await expect(fetch()).rejects.toMatchObject({
          code: 'shallow',
          hint: expect.stringContaining('--unshallow'),
        })
    }
  })

  it('end politely at a git daemon', async () => {
    await using repository = await makeBareRepository()
    const ids = await addCommits(repository.path, 2)
    await using daemon = await startGitDaemon(repository.path.replace(/\/[^/]+$/, ''))
    await using source = ask(daemon.url('repository.git'))
    const { refs, head } = await source.server.list(['refs/heads/', 'HEAD'])
    expect(refs.map(({ name, id }) => `${name} ${id}`)).toEqual([
      `HEAD ${ids[1]}`,
      `refs/heads/main ${ids[1]}`,
    ])
    expect(head).toBe('refs/heads/main')
  })
})
