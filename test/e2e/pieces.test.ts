import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FastImport, type Mark } from '../support/fast-import.ts'
import { forEachRef, fsck, git, makeBareRepository } from '../support/git.ts'
import { pairInputs, type Place, startPlace, type Transport } from '../support/places.ts'
import { noise } from '../support/repositories.ts'
import { type ActionResult, runAction, startAction } from '../support/runner.ts'
import { startSshd } from '../support/sshd.ts'
import { startNginx } from '../support/servers/nginx.ts'
import { requireServer } from '../support/servers/require-server.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

const DAY_SECONDS = 86_400
const PIECES = 'refs/kalandra/pieces/'
/** Made first, to learn whether the destination takes the namespace. */
const PROBE = `${PIECES}probe`
/** A shell's count of the pieces that a destination has anchors of. */
const COUNT_CUTS = `git for-each-ref --format='%(refname)' ${PIECES} | grep -v probe | cut -d/ -f4 | cut -d- -f1 | sort -u | wc -l`

/** A history of `commits` a day apart with 20 KB each, a side branch, tags, and a merge. */
async function fillHistory(dir: string, commits: number): Promise<void> {
  const stream = new FastImport()
  let side: Mark | undefined
  let tip: Mark | undefined
  for (let number = 1; number <= commits; number++) {
    const files = { [`file${number % 7}`]: noise(20_000, `piece ${number}`) }
    const time = 1_500_000_000 + number * DAY_SECONDS
    const main = stream.commit({ ref: 'refs/heads/main', files, time })
    tip = main
    if (number === 10)
      side = stream.commit({ ref: 'refs/heads/side', parents: [main], files: { side: 'x' }, time: time + 5 })
    if (number % 20 === 0) stream.tag(`v${number}`, main)
  }
  stream.commit({
    ref: 'refs/heads/main',
    parents: [tip!, side!],
    time: 1_500_000_000 + (commits + 1) * DAY_SECONDS,
  })
  await stream.run(dir)
}

let folder: TempFolder
let source: string

beforeAll(async () => {
  folder = await makeTempFolder()
  source = (await makeBareRepository({ parent: folder.path, name: 'source.git' })).path
  await fillHistory(source, 100)
})

afterAll(async () => await folder?.[Symbol.asyncDispose]())

async function makeDestination(name: string, config: Record<string, string> = {}): Promise<string> {
  return (await makeBareRepository({ parent: folder.path, name, config })).path
}

/** The mirror is whole, and nothing of ours is left. */
async function expectWhole(destination: string): Promise<void> {
  expect(Object.fromEntries(await forEachRef(destination))).toEqual(
    Object.fromEntries(await forEachRef(source)),
  )
  await fsck(destination)
}

/** Pieces of which the destination shows anchors. */
async function countCuts(destination: string): Promise<number> {
  const names = [...(await forEachRef(destination, PIECES)).keys()]
  return new Set(
    names.filter((name) => name !== PROBE).map((name) => name.slice(PIECES.length).split('-')[0]),
  ).size
}

function countPieces(result: ActionResult): number {
  return [...result.log.matchAll(/piece \d+: \d+ bytes/g)].length
}

describe('a first mirror that is larger than one push', () => {
  const transports: readonly Transport[] = ['file', 'http', 'ssh']
  for (const transport of transports) {
    it(`[D3] goes in pieces below max-pack-size over ${transport}`, async () => {
      const destination = await makeDestination(`in-pieces-${transport}.git`, {
        'receive.maxInputSize': '420000',
      })
      const places: Place[] = [
        await startPlace(transport, folder.path),
        await startPlace(transport, folder.path),
      ]
      try {
        const result = await runAction({
          inputs: {
            ...pairInputs({ place: places[0]!, path: source }, { place: places[1]!, path: destination }),
            'max-pack-size': '400k',
          },
        })
        expect(result.errors).toEqual([])
        expect(result.exitCode, result.log).toBe(0)
        await expectWhole(destination)
        expect(countPieces(result)).toBeGreaterThan(3)
        // The whole as one pack has about 2,000 kB: the pieces together are hardly more.
        expect(Number(result.outputs['pack-bytes'])).toBeLessThan(2_500_000)
        expect(JSON.parse(result.outputs['updated-refs']!)).toHaveLength((await forEachRef(source)).size)
        expect(result.outputs['updated-refs']).not.toContain('refs/kalandra')
      } finally {
        for (const place of places) await place[Symbol.asyncDispose]()
      }
    })
  }

  it('[D8] learns the size from “maximum allowed size” without being told', async () => {
    const destination = await makeDestination('learns.git', { 'receive.maxInputSize': '700000' })
    const result = await runAction({ inputs: { source, destination, 'source-token': '' } })
    expect(result.exitCode, result.log).toBe(0)
    await expectWhole(destination)
    expect(result.log).toContain('sending pieces of at most')
  })

  it('learns the size from a 413', async () => {
    const missing = requireServer('nginx')
    if (missing !== undefined) return
    const destination = await makeDestination('learns-413.git')
    await using nginx = await startNginx(folder.path)
    const result = await runAction({
      inputs: { source, destination: nginx.url('limited', 'learns-413.git'), 'source-token': '' },
    })
    expect(result.exitCode, result.log).toBe(0)
    await expectWhole(destination)
  })

  it('goes on where a run that was killed stopped', async () => {
    const destination = await makeDestination('killed.git')
    const hook = join(destination, 'hooks/post-receive')
    // The fifth piece's hook waits: the run is killed there, and all before it has arrived.
    const count = `n=$(${COUNT_CUTS}); [ "$n" -ge 5 ] && sleep 30; exit 0\n`
    await writeFile(hook, `#!/bin/sh\n${count}`, { mode: 0o755 })
    const inputs = { source, destination, 'source-token': '', 'max-pack-size': '400k' }
    await using running = await startAction({ inputs })
    await expect.poll(async () => await countCuts(destination), { timeout: 60_000 }).toBeGreaterThanOrEqual(5)
    running.kill('SIGKILL')
    await running.done.catch(() => undefined)
    await writeFile(hook, '#!/bin/sh\nexit 0\n')
    const left = await forEachRef(destination)
    expect([...left.keys()].every((name) => name.startsWith(PIECES))).toBe(true)

    const result = await runAction({ inputs })
    expect(result.exitCode, result.log).toBe(0)
    await expectWhole(destination)
    expect(result.log).toContain('going on behind')
    expect(Number(result.outputs['pack-bytes']), result.log).toBeLessThan(1_800_000)
  })

  it('goes on where it stopped, whichever piece it is killed in', async () => {
    const destination = await makeDestination('killed-in-each.git')
    const gate = join(destination, 'gate')
    const hook = `n=$(${COUNT_CUTS}); while [ -e gate ] && [ "$n" -ge "$(cat gate)" ]; do sleep 0.1; done; exit 0\n`
    await writeFile(join(destination, 'hooks/post-receive'), `#!/bin/sh\n${hook}`, { mode: 0o755 })
    const inputs = { source, destination, 'source-token': '', 'max-pack-size': '400k' }
    let killed = 0
    let sent = 0
    for (let cuts = 0; ; cuts = await countCuts(destination)) {
      await writeFile(gate, String(cuts + 1))
      await using running = await startAction({ inputs })
      const ended = running.done.then(() => true)
      const stopped = expect
        .poll(async () => await countCuts(destination), { timeout: 60_000 })
        .toBeGreaterThan(cuts)
        .then(() => false)
      stopped.catch(() => undefined)
      if (await Promise.race([ended, stopped])) {
        const result = await running.done
        expect(result.exitCode, result.log).toBe(0)
        sent = Number(result.outputs['pack-bytes'])
        break
      }
      running.kill('SIGKILL')
      await running.done.catch(() => undefined)
      await rm(gate)
      expect([...(await forEachRef(destination)).keys()].every((name) => name.startsWith(PIECES))).toBe(true)
      killed++
    }
    await expectWhole(destination)
    expect(killed).toBeGreaterThan(3)
    // What is left after the last piece, of 2,000 kB in all.
    expect(sent).toBeLessThan(450_000)
  })

  it('does not blame the source that waits while the destination works on a piece', async () => {
    const destination = await makeDestination('slow-hook.git', { 'receive.keepAlive': '1' })
    // Longer than the idle limit, with a sign of life each second; for the second push alone.
    const hook = `n=$(${COUNT_CUTS}); [ "$n" -gt 0 ] && [ "$n" -lt 3 ] && sleep 4; exit 0\n`
    await writeFile(join(destination, 'hooks/pre-receive'), `#!/bin/sh\n${hook}`, { mode: 0o755 })
    const result = await runAction({
      inputs: {
        source,
        destination,
        'source-token': '',
        'max-pack-size': '400k',
        'idle-timeout': '2',
        retries: '0',
      },
    })
    expect(result.errors).toEqual([])
    expect(result.exitCode, result.log).toBe(0)
    await expectWhole(destination)
  })

  it('[D7] is cut along tags and branches where the source gives tips alone', async () => {
    const destination = await makeDestination('by-tips.git')
    // An ssh server that takes no GIT_PROTOCOL speaks v0.
    await using old = await startSshd({ acceptGitProtocol: false })
    const result = await runAction({
      inputs: {
        source: old.url(source),
        'source-ssh-key': old.clientKey.privateKey,
        'ssh-known-hosts': old.knownHosts,
        destination,
        'source-token': '',
        'max-pack-size': '900k',
      },
    })
    expect(result.exitCode, result.log).toBe(0)
    await expectWhole(destination)
    expect(result.log).toContain('cutting along tags and branches')
    expect(countPieces(result)).toBeGreaterThan(1)
  })

  it('[D5] names the size of a commit that cannot be cut, and the limit', async () => {
    const large = (await makeBareRepository({ parent: folder.path, name: 'large.git' })).path
    const stream = new FastImport()
    stream.commit({ ref: 'refs/heads/main', files: { small: 'w' }, time: 1_500_000_000 })
    stream.commit({ ref: 'refs/heads/main', files: { small: 'x' }, time: 1_500_050_000 })
    stream.commit({ ref: 'refs/heads/main', files: { large: noise(900_000) }, time: 1_500_100_000 })
    stream.commit({ ref: 'refs/heads/main', files: { small: 'y' }, time: 1_500_200_000 })
    await stream.run(large)
    const destination = await makeDestination('refuses.git')
    const result = await runAction({
      inputs: { source: large, destination, 'source-token': '', 'max-pack-size': '300k' },
    })
    expect(result.exitCode).toBe(1)
    expect(result.errors.join('\n')).toMatch(
      /the commit [0-9a-f]{40} alone makes a pack of 9\d{5} bytes, more than the 307200 bytes of one push/,
    )
    expect(result.errors.join('\n')).toContain('max-pack-size')
    expect([...(await forEachRef(destination)).keys()].filter((name) => !name.startsWith(PIECES))).toEqual([])
  })

  it('removes what an earlier run left, though nothing else is to do', async () => {
    const destination = await makeDestination('leftover.git')
    await runAction({ inputs: { source, destination, 'source-token': '' } })
    await git(destination, 'update-ref', `${PIECES}1500000000-abc`, 'refs/heads/side')
    const result = await runAction({ inputs: { source, destination, 'source-token': '' } })
    expect(result.exitCode, result.log).toBe(0)
    expect(result.outputs['changed']).toBe('false')
    await expectWhole(destination)
  })
})
