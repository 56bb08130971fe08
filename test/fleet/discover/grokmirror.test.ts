import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { Fleet } from '../../../src/fleet/prepare.ts'
import { type FakeReply, startFakeApi } from '../../support/fake-api.ts'
import { fleetOf, refusalOf } from '../fleet-of.ts'

const MANIFEST = {
  '/pub/scm/git/git.git': { fingerprint: 'a'.repeat(40), modified: 1700000000, owner: null, reference: null },
  '/pub/scm/linux/kernel/git/torvalds/linux.git': { fingerprint: 'b'.repeat(40), description: 'x' },
  '/pub/scm/linux/kernel/git/someone/empty.git': { fingerprint: null },
  '/pub/scm/docs/man pages.git': { fingerprint: 'c'.repeat(40) },
}

async function discovered(
  reply: FakeReply,
  more = '',
  token = '',
): Promise<{ fleet: Fleet; authorization: string | undefined }> {
  await using api = await startFakeApi({ owner: 'x', repositories: [], intercept: () => reply })
  const hosts = token === '' ? '' : `hosts: { '${new URL(api.origin).host}': { token: '\${TOKEN}' } }\n`
  const fleet = await fleetOf(
    `version: 1
${hosts}mirrors:
  - name: 'k/{path}'
    discover: { grokmirror: '${api.origin}/manifest.js.gz'${more} }
    destination: '/mirrors/{path-flat}.git'
`,
    { env: { TOKEN: token } },
  )
  return { fleet, authorization: api.requests[0]?.authorization }
}

describe('a manifest of grokmirror', () => {
  it.each([['plain', { status: 200, body: JSON.stringify(MANIFEST) }]])(
    'gives a mirror for each repository, with its fingerprint as the mark of a push: %s',
    async (_, reply) => {
      const { fleet } = await discovered(reply)
      expect(fleet.discovered[0]?.error).toBeUndefined()
      expect(
        fleet.mirrors.map(({ name, pushed, groups }) => [name, pushed?.[0], groups[0]?.destinations[0]?.url]),
      ).toEqual([
        ['k/pub/scm/git/git', 'a', { scheme: 'file', path: '/mirrors/pub-scm-git-git.git' }],
        [
          'k/pub/scm/linux/kernel/git/torvalds/linux',
          'b',
          { scheme: 'file', path: '/mirrors/pub-scm-linux-kernel-git-torvalds-linux.git' },
        ],
      ])
      const [first] = fleet.mirrors
      const url = first?.groups[0]?.source.url
      expect(url && 'url' in url ? new URL(url.url).pathname : '').toBe('/pub/scm/git/git.git')
      expect(fleet.discovered[0]?.skipped.empty).toBe(1)
      expect(fleet.discovered[0]?.refused).toEqual([
        expect.stringMatching(/man pages: its name cannot stand/),
      ])
    },
  )

  it('takes globs on the whole path', async () => {
    const reply = { status: 200, body: JSON.stringify(MANIFEST) }
    const { fleet } = await discovered(reply, ", include: 'pub/scm/linux/**'")
    expect(fleet.mirrors.map(({ name }) => name)).toEqual(['k/pub/scm/linux/kernel/git/torvalds/linux'])
    expect(fleet.discovered[0]?.skipped).toMatchObject({ excluded: 2, empty: 1 })
  })

  it('is asked for with the login of its host', async () => {
    const reply = { status: 200, body: JSON.stringify(MANIFEST) }
    const { authorization } = await discovered(reply, '', 'token-of-kernel')
    expect(Buffer.from(authorization?.split(' ')[1] ?? '', 'base64').toString()).toBe(
      'x-access-token:token-of-kernel',
    )
  })

  it.each([
    ['a page', { status: 200, body: '<html>' }, /this is no manifest of grokmirror/],
    ['a list', { status: 200, body: '[]' }, /this is no manifest of grokmirror/],
    ['a mapping of texts', { status: 200, body: '{"/a.git":"x"}' }, /this is no manifest of grokmirror/],
    ['nothing', { status: 200, body: '{}' }, /found no repository/],
    ['a refusal', { status: 404, body: '' }, /there is nothing at/],
  ])('that is %s fails, by its name', async (_, reply, words) => {
    const { fleet } = await discovered(reply)
    expect(fleet.discovered[0]?.name).toMatch(/^grokmirror http/)
    expect(fleet.discovered[0]?.error?.message).toMatch(words)
  })

  it('needs an address without a login', async () => {
    const text = (where: string): string =>
      `version: 1\nmirrors:\n  - { discover: { grokmirror: '${where}' }, destination: '/m/{path}' }\n`
    for (const where of ['kernel.org', 'ssh://kernel.org/manifest.js', 'https://me:pw@kernel.org/m.js'])
      expect(await refusalOf(text(where))).toEqual([
        expect.stringMatching(/^3:31 {2}grokmirror needs the https address of a manifest, without a login/),
      ])
  })
})

it('unpacks a manifest, and no bomb', async () => {
  const serve = async (body: Buffer): Promise<Fleet> => {
    const { createServer } = await import('node:http')
    const server = createServer((_, response) =>
      response.writeHead(200, { 'content-type': 'application/gzip' }).end(body),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { readonly port: number }
    try {
      return await fleetOf(
        `version: 1\nmirrors:\n  - { name: '{path}', discover: { grokmirror: 'http://127.0.0.1:${port}/m.js.gz' }, destination: '/m/{path}' }\n`,
      )
    } finally {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }
  expect((await serve(gzipSync(JSON.stringify(MANIFEST)))).mirrors).toHaveLength(2)
  const bomb = await serve(gzipSync(Buffer.alloc(65 * 1024 * 1024, ' ')))
  expect(bomb.discovered[0]?.error?.message).toMatch(/cannot be unpacked, or is larger than 64 MiB/)
  const cut = await serve(gzipSync(JSON.stringify(MANIFEST)).subarray(0, 60))
  expect(cut.discovered[0]?.error?.message).toMatch(/cannot be unpacked/)
})
