import { expect, it } from 'vitest'
import { makeBytes } from '../../support/lfs/lfs-repositories.ts'
import { startLfsServer } from '../../support/lfs/lfs-server.ts'
import { openLocalHttpStore } from '../../support/lfs/open-http-store.ts'

it('an object has arrived where the server has it, and its answer to the upload was lost', async () => {
  await using server = await startLfsServer()
  const bytes = makeBytes(10, 'lost answer')
  const object = server.add(bytes)
  server.objects.clear()
  const store = openLocalHttpStore(server.port, 'destination')
  const write = (): Promise<void> =>
    store.write(
      object,
      (async function* () {
        yield bytes
      })(),
    )
  server.faults.put = (oid) => {
    server.objects.set(oid, bytes)
    return 'cut'
  }
  expect((await store.prepare([object]))[0]!.kind).toBe('missing')
  await expect(write()).rejects.toMatchObject({ code: 'cut', retryable: true })
  await write()
  expect(server.log.filter(({ method }) => method === 'PUT').length).toBe(1)
  server.objects.clear()
  server.faults.entry = (entry) => ({ oid: entry['oid'], error: { code: 507, message: 'no \u001b[31mroom' } })
  await expect(write()).rejects.toMatchObject({ status: 507, message: expect.stringContaining('no room') })
  await store.dispose()
})

it.each([429, 503])(
  'a batch that cannot say of one object whether it is there (%i) fails, and may be asked again',
  async (code) => {
    await using server = await startLfsServer()
    const objects = ['one', 'two'].map((seed) => server.add(makeBytes(10, seed)))
    server.faults.entry = (entry) =>
      entry['oid'] === objects[1]!.oid ? { ...entry, actions: null, error: { code, message: 'busy' } } : entry
    const store = openLocalHttpStore(server.port, 'source')
    const failure = {
      status: code,
      side: 'source',
      retryable: true,
      message: expect.stringContaining('busy'),
    }
    await expect(store.find(objects)).rejects.toMatchObject(failure)
    await store.dispose()
  },
)
