import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { FastImport } from '../support/fast-import.ts'
import { forEachRef, fsck, makeBareRepository } from '../support/git.ts'
import { type Host, startHost } from '../support/hosts/base.ts'
import type { Asked, Dialect } from '../support/hosts/dialect.ts'
import { type Mirrored, runMirror } from '../support/hosts/run.ts'
import { noise } from '../support/repositories.ts'
import { makeTempFolder, type TempFolder } from '../support/temp.ts'

const DAY_SECONDS = 86_400
const BY_TIPS = 'cutting along tags and branches'

let folder: TempFolder
let source: string
let tips: ReadonlySet<string>

beforeAll(async () => {
  folder = await makeTempFolder()
  source = (await makeBareRepository({ parent: folder.path, name: 'source.git' })).path
  const stream = new FastImport()
  for (let number = 1; number <= 40; number++) {
    const files = { [`file${number % 7}`]: noise(20_000, `plainer ${number}`) }
    const mark = stream.commit({ ref: 'refs/heads/main', files, time: 1_500_000_000 + number * DAY_SECONDS })
    if (number % 10 === 0) stream.tag(`v${number}`, mark)
  }
  await stream.run(source)
  tips = new Set((await forEachRef(source)).values())
})
afterAll(async () => await folder?.[Symbol.asyncDispose]())

const startSource = (dialect: Dialect): Promise<Host> =>
  startHost({ root: folder.path, dialect: { serviceLine: true, ...dialect } })

const isFetch = ({ service, command }: Asked): boolean => service === 'git-upload-pack' && command === 'fetch'

async function mirrorFrom(host: Host, name: string, size = '300k'): Promise<Mirrored & { there: string }> {
  const there = (await makeBareRepository({ parent: folder.path, name })).path
  const args = ['--max-pack-size', size]
  return { ...(await runMirror({ source: host.url('/source.git'), destination: there, args })), there }
}

async function expectWhole(mirrored: Mirrored & { there: string }): Promise<void> {
  expect(mirrored.exitCode, mirrored.log).toBe(0)
  expect(await forEachRef(mirrored.there)).toEqual(await forEachRef(source))
  await fsck(mirrored.there)
}

describe('a history in pieces, from a source', () => {
  it('that cuts by depth and not by dates, is cut by depth', async () => {
    await using host = await startSource({
      refuse: (asked) =>
        isFetch(asked) && asked.lines.some((line) => line.startsWith('deepen-since'))
          ? { status: 400, text: 'deepen-since is not served here' }
          : undefined,
    })
    const mirrored = await mirrorFrom(host, 'by-depth.git')
    await expectWhole(mirrored)
    expect(mirrored.log).not.toContain(BY_TIPS)
    expect(mirrored.log.match(/piece \d+:/g)!.length).toBeGreaterThan(1)
  })

  it('that refuses what is no tip, is cut along its refs', async () => {
    await using host = await startSource({
      refuse: (asked) =>
        isFetch(asked) && asked.lines.some((line) => line.startsWith('want ') && !tips.has(line.slice(5, 45)))
          ? { status: 400, text: 'only tips may be wanted' }
          : undefined,
    })
    await expectWhole(await mirrorFrom(host, 'by-tips.git'))
    const small = await mirrorFrom(host, 'by-tips-small.git', '150k')
    expect(small.exitCode, small.log).toBe(1)
    expect(small.log).toContain(BY_TIPS)
    expect(small.destination.error).toMatchObject({
      code: 'too-large',
      message: expect.stringContaining('the history between'),
    })
  })

  it('that offers no depth, is cut along its refs, and said to be where that is not enough', async () => {
    await using host = await startSource({
      lines: (lines) => lines.map((line) => line.replace(/^fetch=.*$/, 'fetch')),
    })
    const mirrored = await mirrorFrom(host, 'no-depth.git')
    await expectWhole(mirrored)
    expect(mirrored.log).toContain(BY_TIPS)
    const small = await mirrorFrom(host, 'no-depth-small.git', '150k')
    expect(small.exitCode, small.log).toBe(1)
    expect(small.destination.error).toMatchObject({
      code: 'too-large',
      message: expect.stringMatching(
        /^the history between [0-9a-f]{40} and the refs before it makes a pack of 20\d{4} bytes, more than the 153600 bytes/,
      ),
      hint: expect.stringContaining('protocol v2'),
    })
    expect(await forEachRef(small.there)).toEqual(new Map())
  })
})
