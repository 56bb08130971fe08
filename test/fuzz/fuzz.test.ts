import { describe, expect, it } from 'vitest'
import { changeInput } from './change.ts'
import { readCorpus } from './corpus.ts'
import { judge } from './judge.ts'
import { makeRandom } from './random.ts'
import { TARGETS } from './targets/all.ts'

/** A short run; `npm run fuzz` makes a long one, which looks for new paths. */
const CASES = 400

describe.each(TARGETS)('$name', (target) => {
  const corpus = readCorpus(target.name)
  const inputs = [...target.seeds, ...corpus]

  it('stands what was found before', async () => {
    const random = makeRandom(target.name)
    for (const bytes of inputs) {
      for (let times = 0; times < 3; times++) await judge(target, bytes, random)
    }
    expect(inputs.length).toBeGreaterThan(0)
  })

  it('stands inputs like them', async () => {
    const random = makeRandom(`${target.name} 1`)
    for (let count = 0; count < CASES; count++) {
      const bytes = changeInput(target, random.pick(inputs), inputs, random)
      await judge(target, bytes, random).catch((error: unknown) => {
        throw new Error(`with ${JSON.stringify(Buffer.from(bytes).toString('latin1'))}: ${String(error)}`)
      })
    }
  })
})
