import { describe, expect, it } from 'vitest'
import { runToEnd } from '../../src/base/steps.ts'
import { parseCapabilities } from '../../src/protocol/capabilities.ts'
import {
  type CommandsRequest,
  encodeCommands,
  needsPack,
  type RefCommand,
} from '../../src/protocol/push-request.ts'
import { readToFlush } from '../support/pkt.ts'
import { readerOf, runAndCount } from './feed.ts'

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)
const ZERO = '0'.repeat(40)
const create = { kind: 'update', ref: 'refs/heads/new', old: ZERO, new: A } as const
const update = { kind: 'update', ref: 'refs/heads/größe', old: A, new: B } as const
const remove = { kind: 'delete', ref: 'refs/heads/old', old: A } as const
const GIT =
  'report-status report-status-v2 delete-refs side-band-64k quiet atomic ofs-delta push-options object-format=sha1 agent=git/2.39.5'.split(
    ' ',
  )

function request(words: readonly string[], more: Partial<CommandsRequest> = {}): CommandsRequest {
  const capabilities = parseCapabilities(words)
  return { commands: [update], capabilities, format: 'sha1', agent: 'git/kalandra-1', atomic: false, ...more }
}

async function linesOf(asked: CommandsRequest): Promise<readonly string[]> {
  const bytes = runToEnd(encodeCommands(asked))
  expect(Buffer.from(bytes).subarray(-4).toString()).toBe('0000')
  const lines = await readToFlush(readerOf(bytes))
  return lines.map((line) => Buffer.from(line, 'latin1').toString())
}

/** The capabilities on the first command. */
async function wordsOf(asked: CommandsRequest): Promise<readonly string[]> {
  const [first] = await linesOf(asked)
  return first!
    .slice(first!.indexOf('\0') + 1)
    .trim()
    .split(' ')
}

describe('encodeCommands', () => {
  it('sends push options behind the flush of the commands, each a packet without a line break', () => {
    const pushOptions = ['ci.skip', 'ci.variable=A=b c', 'größe']
    const text = Buffer.from(runToEnd(encodeCommands(request(GIT, { pushOptions })))).toString()
    const end = text.indexOf('0000', text.indexOf('refs/heads/größe'))
    expect(text.slice(end)).toBe('0000000bci.skip0015ci.variable=A=b c000bgröße0000')
    expect(text.slice(0, end)).toContain(' push-options ')
  })

  it('sends neither push options nor their word where the server does not take them', async () => {
    const words = GIT.filter((word) => word !== 'push-options')
    const asked = request(words, { pushOptions: ['ci.skip'] })
    expect(Buffer.from(runToEnd(encodeCommands(asked))).toString()).not.toContain('ci.skip')
    expect(await wordsOf(asked)).not.toContain('push-options')
  })

  it('[B11] puts the capabilities on the first command', async () => {
    expect(await linesOf(request(GIT, { commands: [create, update, remove], quiet: true }))).toEqual([
      `${ZERO} ${A} refs/heads/new\0 report-status-v2 side-band-64k quiet object-format=sha1 agent=git/kalandra-1\n`,
      `${A} ${B} refs/heads/größe\n`,
      `${A} ${ZERO} refs/heads/old\n`,
    ])
  })

  it('[B11] asks for report-status where there is no second version of it', async () => {
    expect(await wordsOf(request(['report-status', 'delete-refs']))).toEqual(['report-status'])
  })

  it('[B11] asks for atomic and quiet only on demand, and sends back nothing else', async () => {
    const plain = await wordsOf(request(GIT))
    for (const word of ['atomic', 'quiet', 'delete-refs', 'ofs-delta', 'push-options']) {
      expect(plain).not.toContain(word)
    }
    expect(await wordsOf(request(GIT, { atomic: true, quiet: true }))).toEqual([
      'report-status-v2',
      'side-band-64k',
      'quiet',
      'atomic',
      'object-format=sha1',
      'agent=git/kalandra-1',
    ])
  })

  it('[B8] sends nothing that was not offered', async () => {
    const asked = request([], { atomic: true, quiet: true })
    expect(await linesOf(asked)).toEqual([`${A} ${B} refs/heads/größe\n`])
    expect(
      await wordsOf(request(['side-band-64k-too', 'side-band', 'quiet'], { atomic: true, quiet: true })),
    ).toEqual(['quiet'])
  })

  it('[K5] asks for side-band-64k only where it is offered', async () => {
    expect(await wordsOf(request(['report-status']))).not.toContain('side-band-64k')
    expect(await wordsOf(request(['report-status', 'side-band-64k']))).toContain('side-band-64k')
  })

  it('[I3] names SHA-256', async () => {
    const commands: readonly RefCommand[] = [
      { kind: 'update', ref: 'refs/heads/main', old: '0'.repeat(64), new: 'c'.repeat(64) },
    ]
    const words = await wordsOf(request(['object-format=sha256'], { commands, format: 'sha256' }))
    expect(words).toEqual(['object-format=sha256'])
  })

  it('[G9] refuses two commands for one ref, and commands that change nothing', () => {
    const twice = request(GIT, { commands: [update, create, { ...update, new: A, old: B }] })
    expect(() => runToEnd(encodeCommands(twice))).toThrow(
      expect.objectContaining({ code: 'protocol', message: expect.stringContaining('refs/heads/größe') }),
    )
    const idle = request(GIT, { commands: [{ ...update, new: A }] })
    expect(() => runToEnd(encodeCommands(idle))).toThrow(
      /"refs\/heads\/größe" is not pushed: the command leaves it as it is/,
    )
    expect(() => runToEnd(encodeCommands(request(GIT, { commands: [] })))).toThrow(/without a command/)
  })

  it('refuses an update to the null id: only what is called a deletion deletes', () => {
    for (const ref of ['refs/heads/main', 'refs/tags/v1', 'refs/notes/commits']) {
      const asked = request(GIT, { commands: [create, { kind: 'update', ref, old: A, new: ZERO }] })
      expect(() => runToEnd(encodeCommands(asked))).toThrow(/an update to the null id would delete it/)
      const long = request(GIT, {
        commands: [{ kind: 'update', ref, old: 'c'.repeat(64), new: '0'.repeat(64) }],
        format: 'sha256',
      })
      expect(() => runToEnd(encodeCommands(long))).toThrow(/an update to the null id would delete it/)
    }
  })

  it.each<RefCommand>([
    { kind: 'update', ref: 'refs/heads/a\n0000', old: A, new: B },
    { kind: 'update', ref: 'refs/heads/a\0 atomic', old: A, new: B },
    { kind: 'delete', ref: 'refs/heads/../../x', old: A },
    { kind: 'delete', ref: 'refs/heads/', old: A },
    { kind: 'update', ref: 'refs/heads/main', old: A, new: `${B.slice(1)}` },
    { kind: 'update', ref: 'refs/heads/main', old: '', new: B },
    { kind: 'update', ref: 'refs/heads/main', old: A, new: 'c'.repeat(64) },
    { kind: 'delete', ref: 'refs/heads/main', old: ZERO },
  ])('refuses what is no ref, no id or no deletion: %j', (command) => {
    expect(() => runToEnd(encodeCommands(request(GIT, { commands: [update, command] })))).toThrow(
      expect.objectContaining({ code: 'protocol', message: expect.stringContaining('is not pushed') }),
    )
  })
})

describe('many commands', () => {
  it('[G9] come each once and in their order, with the capabilities on the first alone', async () => {
    const ids = Array.from({ length: 20_000 }, (_, index) => (index + 1).toString(16).padStart(40, '0'))
    const commands = ids.map((id): RefCommand => ({ kind: 'delete', ref: `refs/tags/${id}`, old: id }))
    const { value, stops } = runAndCount(encodeCommands(request(['quiet'], { commands, quiet: true })))
    const lines = await readToFlush(readerOf(value))
    expect(lines[0]).toBe(`${ids[0]} ${ZERO} refs/tags/${ids[0]}\0 quiet\n`)
    expect(lines.slice(1)).toEqual(ids.slice(1).map((id) => `${id} ${ZERO} refs/tags/${id}\n`))
    expect(stops).toBe(4)
  })
})

describe('needsPack', () => {
  it('[G10] is false for deletions alone', () => {
    expect(needsPack([remove])).toBe(false)
    expect(needsPack([{ ...remove, old: 'c'.repeat(64) }])).toBe(false)
    expect(needsPack([remove, create])).toBe(true)
    expect(needsPack([update])).toBe(true)
    expect(needsPack([])).toBe(false)
  })
})
