import { expect, it } from 'vitest'
import { createProgressMeter } from '../../src/report/progress-meter.ts'

it('gives a line when the interval has passed, with the rate since the last one', () => {
  let time = 0
  const meter = createProgressMeter(1000, () => time)
  expect(meter.update('d', 0, 0)).toBeUndefined()
  time = 500
  expect(meter.update('d', 1_000_000, 10)).toBeUndefined()
  time = 2000
  expect(meter.update('d', 4_000_000, 10)).toBe('sent 4.0 MB, pack of 10 objects, 2.0 MB/s')
  time = 2500
  expect(meter.update('d', 5_000_000, 10)).toBeUndefined()
  time = 3000
  expect(meter.update('d', 5_000_000, 0)).toBe('sent 5.0 MB, 1.0 MB/s')
})

it('keeps destinations apart and begins again with a second push', () => {
  let time = 0
  const meter = createProgressMeter(1000, () => time)
  meter.update('a', 0, 0)
  meter.update('b', 0, 0)
  time = 1000
  expect(meter.update('a', 1000, 1)).toBe('sent 1.0 kB, pack of 1 object, 1.0 kB/s')
  expect(meter.update('b', 2000, 1)).toBe('sent 2.0 kB, pack of 1 object, 2.0 kB/s')
  time = 5000
  expect(meter.update('a', 10, 1)).toBeUndefined()
  time = 6000
  expect(meter.update('a', 110, 1)).toBe('sent 110 bytes, pack of 1 object, 100 bytes/s')
})

it('tells of LFS objects apart from packs', () => {
  let time = 0
  const meter = createProgressMeter(1000, () => time)
  const kind = 'lfs-progress' as const
  meter.update('a', 0, 0)
  expect(meter.updateLfs({ kind, destination: 'a', bytes: 0, objects: 0, missing: 12 })).toBeUndefined()
  time = 2000
  expect(meter.updateLfs({ kind, destination: 'a', bytes: 4_000_000, objects: 3, missing: 1200 })).toBe(
    'sent 3 of 1,200 LFS objects, 4.0 MB, 2.0 MB/s',
  )
  expect(meter.update('a', 2000, 0)).toBe('sent 2.0 kB, 1.0 kB/s')
})
