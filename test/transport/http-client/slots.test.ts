import { expect, it } from 'vitest'
import { Slots } from '../../../src/transport/http-client/slots.ts'

const { signal } = new AbortController()

it('lets so many in at once, and the next in the order in which they came', async () => {
  const slots = new Slots(2, 60_000)
  const order: string[] = []
  const first = await slots.take('a', signal)
  await slots.take('a', signal)
  const waiting = ['third', 'fourth'].map(async (name) => {
    const giveBack = await slots.take('a', signal)
    order.push(name)
    return giveBack
  })
  await slots.take('b', signal)
  expect(order).toEqual([])
  first()
  first()
  const third = await waiting[0]!
  expect(order).toEqual(['third'])
  third()
  await waiting[1]
  expect(order).toEqual(['third', 'fourth'])
})

it('lets one in beyond the limit that has waited for long: the others may wait for it', async () => {
  const slots = new Slots(1, 50)
  await slots.take('a', signal)
  const started = performance.now()
  await slots.take('a', signal)
  expect(performance.now() - started).toBeGreaterThan(45)
})

it('lets nobody wait who was given up, and hands on the turn that he would have had', async () => {
  const slots = new Slots(1, 60_000)
  const first = await slots.take('a', signal)
  const given = new AbortController()
  const up = slots.take('a', given.signal).catch((reason: unknown) => reason)
  const last = slots.take('a', signal)
  given.abort('enough')
  expect(await up).toBe('enough')
  first()
  await last
})
