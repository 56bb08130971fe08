import { describe, expect, it } from 'vitest'
import { findTipsBehind } from '../../../src/mirror/history/tips-behind.ts'
import { ask } from './asking.ts'
import { answerOf, greetingOf, questionsIn, scripted } from './watched.ts'

function idsOf(count: number, digit: string): readonly string[] {
  return Array.from({ length: count }, (_, at) => (at + 16).toString(16).padEnd(40, digit))
}

/** Asks a destination that has `known`, all of them behind each of its tips but for `aside`. */
async function find(given: {
  readonly sourceTips: readonly string[]
  readonly known: readonly string[]
  readonly tips: readonly string[]
  readonly aside?: string
  readonly features?: string
}) {
  await using destination = ask(
    scripted({
      greeting: greetingOf(`fetch=${given.features ?? 'wait-for-done'}`, 'agent=git/2.47'),
      answer: (lines) =>
        lines.includes('done')
          ? answerOf({ objects: lines.includes(`want ${given.aside}`) ? 1 : 0 })
          : answerOf({ acks: given.known }),
    }),
    { side: 'destination' },
  )
  const found = await findTipsBehind(destination.server, given)
  return { found, asked: questionsIn(destination.log) }
}

describe('tips of the source behind those of the destination', () => {
  it('are asked for four known ones and sixteen tips', async () => {
    const known = idsOf(6, '1')
    const tips = idsOf(18, '2')
    const { found, asked } = await find({ sourceTips: idsOf(8, '1'), known, tips })
    expect(found).toEqual({ shared: true, ids: known.slice(0, 4) })
    const wants = known.slice(0, 4).map((id) => `want ${id}`)
    expect(asked.slice(1)).toEqual(
      tips.slice(0, 16).map((tip) => ['thin-pack, ofs-delta', ...wants, `have ${tip}`, 'done'].join(', ')),
    )
  })

  it('are those that are shown to be behind one of them', async () => {
    const known = idsOf(3, '1')
    const aside = known[1]!
    const { found } = await find({ sourceTips: known, known, tips: idsOf(2, '2'), aside })
    expect(found).toEqual({ shared: true, ids: [known[0], known[2]] })
  })

  it('are none where the destination knows none, asked with a tip of its own where it needs one', async () => {
    const tips = idsOf(2, '2')
    const sourceTips = idsOf(1, '1')
    const { found, asked } = await find({ sourceTips, known: [], tips, features: 'shallow' })
    expect(found).toEqual({ shared: false, ids: [] })
    expect(asked).toEqual([`thin-pack, ofs-delta, want ${tips[0]}, have ${sourceTips[0]}`])
  })
})
