import { describe, expect, it } from 'vitest'
import { runToEnd } from '../../src/base/steps.ts'
import { parseCapabilities } from '../../src/protocol/capabilities.ts'
import {
  demandsThin,
  encodeFetchV0,
  encodeFetchV2,
  type FetchRequest,
} from '../../src/protocol/fetch-request.ts'
import { readToFlush } from '../support/pkt.ts'
import { readerOf, runAndCount } from './feed.ts'

const A = 'a'.repeat(40)
const B = 'b'.repeat(40)
const C = 'c'.repeat(40)
const agent = 'git/kalandra-1'

const V2 = [
  'fetch=shallow wait-for-done filter',
  'ls-refs',
  'agent=git/2',
  'object-format=sha1',
  'server-option',
]
const V0 =
  'multi_ack thin-pack side-band side-band-64k ofs-delta shallow deepen-since deepen-not deepen-relative no-progress include-tag multi_ack_detailed no-done symref=HEAD:refs/heads/main filter object-format=sha1 agent=git/2 session-id=1'.split(
    ' ',
  )
const EVERYTHING = [
  'include-tag',
  'no-done',
  'filter',
  'packfile-uris',
  'server-option',
  'session-id',
  'want-ref',
]

function request(words: readonly string[], more: Partial<FetchRequest> = {}): FetchRequest {
  return {
    capabilities: parseCapabilities(words),
    format: 'sha1',
    agent,
    wants: [A],
    haves: [B],
    thin: true,
    ofsDelta: true,
    progress: false,
    ...more,
  }
}

/** Lines of a v2 request after its capabilities. */
async function v2(words: readonly string[], more: Partial<FetchRequest> = {}): Promise<readonly string[]> {
  const bytes = Buffer.from(runToEnd(encodeFetchV2(request(words, more))))
  const delim = bytes.indexOf('0001')
  return await readToFlush(readerOf(bytes.subarray(delim + 4)))
}

/** Lines of both halves of a v0 request. */
async function v0(
  words: readonly string[],
  more: Partial<FetchRequest> = {},
): Promise<{ readonly wants: readonly string[]; readonly haves: readonly string[] }> {
  const { wants, haves } = runToEnd(encodeFetchV0(request(words, more)))
  expect(Buffer.from(wants).subarray(-4).toString()).toBe('0000')
  return { wants: await readToFlush(readerOf(wants)), haves: await readToFlush(readerOf(haves)) }
}

describe('encodeFetchV2', () => {
  it('says what is wanted, what is there, and that this is all', async () => {
    expect(await v2(V2, { wants: [A, C], haves: [B], progress: true })).toEqual([
      'thin-pack\n',
      'ofs-delta\n',
      `want ${A}\n`,
      `want ${C}\n`,
      `have ${B}\n`,
      'done\n',
    ])
  })

  it('[A2] asks for a thin pack only where one is allowed', async () => {
    expect(await v2(V2, { thin: false })).not.toContain('thin-pack\n')
  })

  it('[A5] asks for offset deltas only where they are allowed', async () => {
    expect(await v2(V2, { ofsDelta: false })).not.toContain('ofs-delta\n')
  })

  it('[J1] asks for silence unless progress is wanted', async () => {
    expect(await v2(V2)).toContain('no-progress\n')
    expect(await v2(V2, { progress: true })).not.toContain('no-progress\n')
  })

  it('[A8] passes on the boundary of a shallow receiver', async () => {
    expect(await v2(V2, { shallow: [C] })).toContain(`shallow ${C}\n`)
  })

  it('[C2] asks by depth and by date', async () => {
    expect(await v2(V2, { deepen: 8 })).toContain('deepen 8\n')
    expect(await v2(V2, { deepenSince: 1_700_000_000 })).toContain('deepen-since 1700000000\n')
  })

  it('[C3] asks what is common, without a want and without done', async () => {
    expect(await v2(V2, { wants: [], done: false, waitForDone: true })).toEqual([
      'thin-pack\n',
      'ofs-delta\n',
      'no-progress\n',
      'wait-for-done\n',
      `have ${B}\n`,
    ])
  })

  it('[B20] never sends a request without a want, which would have no answer', () => {
    expect(() => runToEnd(encodeFetchV2(request(V2, { wants: [] })))).toThrow(
      expect.objectContaining({ code: 'protocol' }),
    )
    expect(() => runToEnd(encodeFetchV2(request(V2, { wants: [], done: false })))).toThrow(/has no answer/)
  })

  it('[B8] refuses what was not offered and cannot be left out', () => {
    for (const more of [{ deepen: 1 }, { deepenSince: 1 }, { shallow: [C] }, { waitForDone: true }]) {
      expect(() => runToEnd(encodeFetchV2(request(['fetch'], more)))).toThrow(/does not offer/)
    }
    expect(() => runToEnd(encodeFetchV2(request(['ls-refs'])))).toThrow(/does not offer/)
    expect(() => runToEnd(encodeFetchV2(request(['fetch'], { shallow: [] })))).not.toThrow()
  })

  it('[A10] never asks for include-tag', async () => {
    expect((await v2(V2)).join('')).not.toContain('include-tag')
  })

  it('[B21] never asks for what would change the pack', () => {
    const text = Buffer.from(runToEnd(encodeFetchV2(request([...V2, ...EVERYTHING])))).toString()
    for (const word of EVERYTHING) expect(text).not.toContain(word)
  })
})

describe('encodeFetchV0', () => {
  it('puts capabilities on the first want, and haves into the second half', async () => {
    expect(await v0(V0, { wants: [A, C] })).toEqual({
      wants: [
        `want ${A} multi_ack_detailed side-band-64k thin-pack ofs-delta no-progress object-format=sha1 agent=git/kalandra-1\n`,
        `want ${C}\n`,
      ],
      haves: [`have ${B}\n`, 'done\n'],
    })
  })

  it('[A4] asks for every one of multi_ack, side-band, thin-pack and ofs-delta that is offered', async () => {
    const old = ['multi_ack', 'side-band', 'thin-pack', 'ofs-delta']
    expect((await v0(old)).wants).toEqual([`want ${A} multi_ack side-band thin-pack ofs-delta\n`])
    const azure = 'multi_ack thin-pack side-band side-band-64k no-progress multi_ack_detailed no-done shallow'
    expect((await v0(azure.split(' '))).wants).toEqual([
      `want ${A} multi_ack_detailed side-band-64k thin-pack no-progress\n`,
    ])
  })

  it('[A4] knows dulwich, which demands the word for thin packs, by what it says of itself and what not', () => {
    const demands = (text: string): boolean => demandsThin(parseCapabilities(text.split(' ')))
    const dulwich =
      'multi_ack_detailed multi_ack side-band-64k thin-pack ofs-delta no-progress include-tag shallow no-done filter object-format=sha1 symref=HEAD:refs/heads/main'
    expect(demands(dulwich)).toBe(true)
    expect(demands(`${dulwich} agent=git/2.47.3`)).toBe(false)
    expect(demands('multi_ack thin-pack side-band side-band-64k ofs-delta')).toBe(false)
  })

  it('[B8] sends nothing that was not offered', async () => {
    expect((await v0([])).wants).toEqual([`want ${A}\n`])
    const dulwich = ['thin-pack', 'ofs-delta', 'side-band-64k', 'no-progress']
    expect((await v0(dulwich)).wants).toEqual([`want ${A} side-band-64k thin-pack ofs-delta no-progress\n`])
  })

  it('[B8] refuses a depth that was not offered', () => {
    for (const more of [{ deepen: 1 }, { shallow: [C] }]) {
      expect(() => runToEnd(encodeFetchV0(request(['multi_ack'], more)))).toThrow(/does not offer/)
    }
    expect(() => runToEnd(encodeFetchV0(request(['shallow'], { deepenSince: 1 })))).toThrow(/by date/)
  })

  it('[A10] never asks for include-tag', async () => {
    expect((await v0([...V0, ...EVERYTHING])).wants.join('')).not.toContain('include-tag')
  })

  it('[B21] never asks for what would change the pack', async () => {
    const { wants } = await v0([...V0, ...EVERYTHING])
    for (const word of EVERYTHING) expect(wants.join('')).not.toContain(word)
  })

  it('[I3] names SHA-256', async () => {
    const more = { format: 'sha256', wants: ['d'.repeat(64)] } as const
    expect((await v0(['object-format=sha256'], more)).wants[0]).toContain(' object-format=sha256')
  })

  it('[C2] asks by depth before the flush that ends the wants', async () => {
    const { wants } = await v0(V0, { shallow: [C], deepen: 4, deepenSince: 5 })
    expect(wants[0]).toContain(' deepen-since')
    expect(wants.slice(1)).toEqual([`shallow ${C}\n`, 'deepen 4\n', 'deepen-since 5\n'])
  })

  it('can leave out done, and never the want', async () => {
    expect((await v0(V0, { done: false })).haves).toEqual([`have ${B}\n`])
    expect(() => runToEnd(encodeFetchV0(request(V0, { wants: [] })))).toThrow(
      expect.objectContaining({ code: 'protocol' }),
    )
  })
})

describe('many ids', () => {
  /** More than are written between two stops, twice over. */
  const ids = Array.from({ length: 20_000 }, (_, index) => (index + 1).toString(16).padStart(40, '0'))
  const lines = (word: string): readonly string[] => ids.map((id) => `${word} ${id}\n`)
  const more = { wants: ids, haves: ids }

  it('come each once and in their order in v2, with stops between them', async () => {
    const { value, stops } = runAndCount(encodeFetchV2(request(['fetch'], more)))
    const [command, ...asked] = await readToFlush(readerOf(value))
    expect(command).toBe('command=fetch\n')
    expect(asked.slice(3)).toEqual([...lines('want'), ...lines('have'), 'done\n'])
    expect(stops).toBe(4)
  })

  it('come each once and in their order in v0, with stops between them', async () => {
    const { value, stops } = runAndCount(encodeFetchV0(request([], more)))
    expect(await readToFlush(readerOf(value.wants))).toEqual(lines('want'))
    expect(await readToFlush(readerOf(value.haves))).toEqual([...lines('have'), 'done\n'])
    expect(stops).toBe(4)
  })
})
