import { describe, expect, it } from 'vitest'
import { HostCircuit } from '../../../src/fleet/round/circuit.ts'

const REST_MS = 300_000

function giveUp(): HostCircuit {
  const host = new HostCircuit(REST_MS)
  for (let time = 0; time < 5; time++) host.unreachable(0)
  expect(host.state(29_999)).toBe('waiting')
  expect(host.state(30_000)).toBe('probe')
  host.probe()
  host.unreachable(30_000)
  host.probeEnded()
  expect(host.state(30_001)).toBe('given-up')
  return host
}

describe('a host that was given up', () => {
  it('rests, and is tried by one', () => {
    const host = giveUp()
    expect(host.state(30_000 + REST_MS - 1)).toBe('given-up')
    expect(host.state(30_000 + REST_MS)).toBe('probe')
  })

  it('is tried by one at once where somebody asks for it, and open to all when that goes well', () => {
    const host = giveUp()
    host.hope(40_000)
    expect(host.state(40_000)).toBe('probe')
    host.probe()
    host.hope(40_001)
    expect(host.state(40_001)).toBe('waiting')
    host.well()
    host.probeEnded()
    expect(host.state(40_002)).toBe('open')
  })

  it('is given up again when that does not go well', () => {
    const host = giveUp()
    host.hope(40_000)
    host.state(40_000)
    host.probe()
    host.unreachable(41_000)
    host.probeEnded()
    expect(host.state(41_001)).toBe('given-up')
    expect(host.state(41_000 + REST_MS)).toBe('probe')
  })
})

it('does not have a host tried that is open, and brings the time of a probe forward', () => {
  const host = new HostCircuit(REST_MS)
  host.hope(0)
  expect(host.state(0)).toBe('open')
  for (let time = 0; time < 5; time++) host.unreachable(0)
  host.hope(1000)
  expect(host.state(1000)).toBe('probe')
})
