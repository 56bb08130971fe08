import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parsePointer } from '../../../src/lfs/pointers/pointer.ts'
import { readWholePack } from '../../../src/lfs/pointers/read-whole-pack.ts'
import { FastImport } from '../../support/fast-import.ts'
import { git, makeBareRepository, type ObjectFormat, runGit } from '../../support/git.ts'

const { signal } = new AbortController()
const ROUNDS = 60

function oidOf(seed: string): string {
  return createHash('sha256').update(seed).digest('hex')
}

function pointer(seed: string, size: number, extensions = 0): string {
  const lines = Array.from({ length: extensions }, (_, at) => `ext-${at}-kind sha256:${oidOf(`${at}`)}\n`)
  return `version https://git-lfs.github.com/spec/v1\n${lines.join('')}oid sha256:${oidOf(seed)}\nsize ${size}\n`
}

function prose(lines: number, seed: string): string {
  return Array.from(
    { length: lines },
    (_, line) => `${line}: ${oidOf(`${seed} ${line}`).slice(0, 30)}, and so on.\n`,
  ).join('')
}

/** The pack that a push of `range` takes to somebody who has the rest. */
async function makePack(dir: string, range: string, args: readonly string[]): Promise<Buffer> {
  const all = ['pack-objects', '--thin', '--revs', '--stdout', '-q', ...args]
  const { stdout, stderr } = await runGit(dir, all, {
    input: `${range.replace('..', '\n').replace(/^(.+)\n/, '^$1\n')}\n`,
  })
  if (stdout.length === 0) throw new Error(stderr)
  return stdout
}

/** What Git itself finds new in `range`. */
async function pointersOf(dir: string, range: string): Promise<readonly string[]> {
  const names = (await git(dir, 'rev-list', '--objects', range))
    .split('\n')
    .map((line) => line.split(' ')[0]!)
  const found = []
  const { stdout } = await runGit(dir, ['cat-file', '--batch'], { input: `${names.join('\n')}\n` })
  // `NAME TYPE LENGTH`, a line break, the object, a line break.
  for (let at = 0; at < stdout.length;) {
    const start = stdout.indexOf('\n', at) + 1
    const line = stdout.toString('latin1', at, start - 1)
    const [, type, length] = line.split(' ')
    if (length === undefined) throw new Error(line)
    at = start + Number(length) + 1
    if (type !== 'blob') continue
    const one = parsePointer(stdout.subarray(start, at - 1))
    if (one !== undefined) found.push(`${one.oid} ${one.size}`)
  }
  return found.toSorted()
}

function cut(pack: Buffer): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(pack.length / 1000) }, (_, at) =>
    pack.subarray(at * 1000, at * 1000 + 1000),
  )
}

/** Commits in which files become pointers, pointers change as little as they can, and other files change around them. */
async function makeHistory(dir: string): Promise<void> {
  const stream = new FastImport()
  for (let round = 0; round < ROUNDS; round++) {
    const files: Record<string, string> = {
      'prose.txt': prose(8, `p ${Math.floor(round / 3)}`).replace('0:', `${round}:`),
      [`folder/${round % 7}/note.txt`]: prose(3 + (round % 9), `n ${round}`),
      version: `1.${round}.0\n`,
    }
    if (round % 4 === 0) files['long.bin'] = pointer(`long ${round}`, 1000 + round, 2)
    if (round % 6 === 1) files['sized.bin'] = pointer('sized', 5 + round, 2)
    if (round % 9 === 2) files['text.bin'] = `${prose(5, 't')}${pointer('text', round)}`
    if (round % 9 === 5) files['text.bin'] = pointer('text', round - 3)
    if (round % 10 === 3)
      files['.gitattributes'] = `*.bin filter=lfs diff=lfs\n`.repeat(1 + (round % 3)) + prose(6, 'a')
    if (round % 5 === 2) files[`plain ${round}.bin`] = pointer(`plain ${round}`, round)
    stream.commit({ ref: 'refs/heads/main', message: `Round ${round}\n`, files })
  }
  await stream.run(dir)
}

describe('a pack that is here whole', () => {
  it.each([
    ['sha1', ['--delta-base-offset', '--window=50', '--no-reuse-delta']],
    ['sha1', ['--window=10']],
    ['sha256', ['--delta-base-offset', '--window=50']],
  ] as const)(
    'shows what Git finds in it, or leaves a doubt: %s %j',
    { timeout: 120_000 },
    async (format, args) => {
      await using repository = await makeBareRepository({ format: format as ObjectFormat })
      const dir = repository.path
      await makeHistory(dir)
      let sure = 0
      let found = 0
      for (let round = 1; round < ROUNDS; round++) {
        const range = `main~${ROUNDS - round}..main~${ROUNDS - round - 1}`
        const shown = await readWholePack(cut(await makePack(dir, range, args)), { format, signal })
        if (shown === undefined) continue
        sure++
        const names = shown.pointers.map(({ oid, size }) => `${oid} ${size}`).toSorted()
        expect(names, range).toEqual(await pointersOf(dir, range))
        found += names.length
      }
      // Both happen.
      expect(sure).toBeGreaterThan(ROUNDS / 4)
      expect(sure).toBeLessThan(ROUNDS - 1)
      expect(found).toBeGreaterThan(5)
    },
  )

  it('leaves a doubt where a pointer comes as a delta upon what is elsewhere', async () => {
    await using repository = await makeBareRepository()
    const dir = repository.path
    const stream = new FastImport()
    for (const seed of ['first', 'second'])
      stream.commit({ ref: 'refs/heads/main', files: { 'a.bin': pointer(seed, 7, 2) } })
    await stream.run(dir)
    const pack = await makePack(dir, 'main~1..main', ['--delta-base-offset'])
    expect(await readWholePack(cut(pack), { format: 'sha1', signal })).toBeUndefined()
    const whole = await makePack(dir, 'main', ['--delta-base-offset'])
    expect((await readWholePack(cut(whole), { format: 'sha1', signal }))?.pointers).toHaveLength(2)
  })

  it('shows nothing where it is cut or damaged, and is ended by the signal', async () => {
    await using repository = await makeBareRepository()
    const stream = new FastImport()
    stream.commit({ ref: 'refs/heads/main', files: { 'a.bin': pointer('a', 7), 'b.txt': prose(900, 'b') } })
    await stream.run(repository.path)
    const pack = await makePack(repository.path, 'main', [])
    expect((await readWholePack(cut(pack), { format: 'sha1', signal }))?.pointers).toHaveLength(1)
    expect(await readWholePack(cut(pack.subarray(0, 500)), { format: 'sha1', signal })).toBeUndefined()
    expect(await readWholePack(cut(Buffer.alloc(0)), { format: 'sha1', signal })).toBeUndefined()
    const controller = new AbortController()
    controller.abort(new Error('enough'))
    const long = [pack.subarray(0, 100), ...cut(Buffer.alloc(600_000))]
    await expect(readWholePack(long, { format: 'sha1', signal: controller.signal })).rejects.toThrow('enough')
  })
})
