import { describe, expect, it } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import type { LfsObject } from '../../../src/lfs/api/store.ts'
import { relayObjects } from '../../../src/lfs/relay/relay-objects.ts'
import { type Cutter, startCutter } from '../../support/lfs/cutter.ts'
import { makeBytes, objectOf } from '../../support/lfs/lfs-repositories.ts'
import { type LfsServer, startLfsServer } from '../../support/lfs/lfs-server.ts'
import { openLocalHttpStore } from '../../support/lfs/open-http-store.ts'

const POINTS = 100
const SIZES = [1, 2, 1000, 65_536, 70_000, 200_000, 300_001]

/** What a run does with what it found, without any second attempt. @throws MirrorError where it broke. */
async function carry(from: number, to: number, objects: readonly LfsObject[]): Promise<void> {
  const [source, destination] = [openLocalHttpStore(from, 'source'), openLocalHttpStore(to, 'destination')]
  try {
    const missing = (await destination.prepare(objects)).filter(({ kind }) => kind === 'missing')
    const found = await source.find(missing.map(({ object }) => object))
    const [relayed] = await relayObjects({
      source,
      targets: [{ store: destination, objects: found.map(({ object }) => object) }],
      atOnce: 3,
      retries: 0,
      signal: new AbortController().signal,
      onBytes: () => undefined,
      onSent: () => undefined,
      onRetry: () => undefined,
      wait: () => Promise.resolve(),
    })
    const [failed] = relayed!.failed
    if (failed !== undefined) throw failed.error
  } finally {
    await Promise.all([source.dispose(), destination.dispose()])
  }
}

function expectNoneWrong(server: LfsServer): void {
  for (const [oid, bytes] of server.objects) expect(objectOf(bytes).oid).toBe(oid)
}

/** Numbers from 0 to 1, the same in every run. */
function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

describe.each(['source', 'destination'] as const)('a relay whose %s breaks off', (side) => {
  it(
    `at ${POINTS} points stores nothing wrong, fails by side, and is completed by the next`,
    { timeout: 120_000 },
    async () => {
      await using from = await startLfsServer({ followsHost: true })
      await using to = await startLfsServer({ followsHost: true })
      await using source: Cutter = await startCutter(from.port)
      await using destination: Cutter = await startCutter(to.port)
      const cutter = side === 'source' ? source : destination
      const objects = SIZES.map((size, index) => from.add(makeBytes(size, `cut ${index}`)))
      cutter.arm(undefined)
      await carry(source.port, destination.port, objects)
      const whole = cutter.passed()
      expect(to.objects.size).toBe(objects.length)

      const random = makeRandom(side.length)
      let left = 0
      for (let point = 0; point < POINTS; point++) {
        to.objects.clear()
        const at = Math.floor(((point + random()) / POINTS) * whole * 0.98)
        cutter.arm(at)
        const error: unknown = await carry(source.port, destination.port, objects).then(
          () => undefined,
          (thrown: unknown) => thrown,
        )
        expect(error, `cut after ${at} of ${whole} bytes`).toBeInstanceOf(MirrorError)
        expect(error).toMatchObject({ side, retryable: true })
        expectNoneWrong(to)
        left += to.objects.size
        cutter.arm(undefined)
        await carry(source.port, destination.port, objects)
        expect(to.objects.size).toBe(objects.length)
        expectNoneWrong(to)
      }
      // The cuts were in the middle: some objects had arrived, and others had not.
      expect(left).toBeGreaterThan(POINTS)
      expect(left).toBeLessThan(POINTS * objects.length)
    },
  )
})
