import { expect, it } from 'vitest'
import { soak } from './soak/soak.ts'

/** Seconds of deeds; the long form is `node bench/serve/soak.ts`. */
const SECONDS = 60

it(
  'loses no push and keeps no mirror, whatever happens meanwhile: kills, dead hosts, cuts, bad hooks, bad files',
  async () => {
    const report = await soak({
      seed: Number(process.env['KALANDRA_SEED'] ?? 17),
      seconds: SECONDS,
      mirrors: 4,
      pause: 500,
    })
    expect(report).toMatchObject({ stuck: [], failed: [], lost: [], unheard: [], wrong: [] })
    expect(report.restarts).toBeGreaterThan(0)
    expect(report.runs['mirrored']).toBeGreaterThan(3)
    expect(report.hooks['202']).toBeGreaterThan(10)
  },
  SECONDS * 1000 + 420_000,
)
