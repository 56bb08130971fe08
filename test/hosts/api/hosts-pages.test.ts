import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { MirrorError } from '../../../src/base/errors.ts'
import type { Host } from '../../../src/hosts/api/host.ts'
import { openHost } from '../../../src/hosts/api/open-host.ts'
import { parseRemoteUrl } from '../../../src/transport/address/remote-url.ts'
import type { HostReply } from '../../support/fake-host.ts'
import { FORGES, startForge, TOKEN } from '../../support/fake-forges.ts'

const PRIVATE = { visibility: 'private', format: 'sha1' } as const

beforeAll(() => {
  for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) vi.stubEnv(name, '')
})

afterAll(() => vi.unstubAllEnvs())

async function refusal(work: Promise<unknown>): Promise<MirrorError> {
  const thrown: unknown = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(thrown).toBeInstanceOf(MirrorError)
  return thrown as MirrorError
}

describe('GitHub', () => {
  it('reads the names of protected branches page by page, and follows no link', async () => {
    const { host, state } = await startForge(FORGES.find(({ kind }) => kind === 'github')!)
    try {
      state.exists = true
      const opened = await openHost(
        {
          url: parseRemoteUrl(`${host.origin}/acme/new`, 'd'),
          credentials: { token: TOKEN },
          freshToken: false,
        },
        { kind: 'github', api: undefined, env: {}, signal: new AbortController().signal },
      )
      host.intercept(({ query, path }) => {
        if (!path.endsWith('/branches')) return undefined
        const page = Number(query.get('page'))
        const body = Array.from({ length: page < 3 ? 100 : 5 }, (_, index) => ({ name: `b${page}-${index}` }))
        return { status: 200, body, headers: { link: '<http://127.0.0.1:9/elsewhere>; rel="next"' } }
      })
      const rules = await opened.listProtected!()
      expect(rules).toHaveLength(205)
      expect(rules.at(-1)).toEqual({ rule: 'b3-4', allowsForce: false })
    } finally {
      await host[Symbol.asyncDispose]()
    }
  })
})

describe('GitLab', () => {
  it('makes groups in groups that are missing, and no group at the top', async () => {
    const forge = FORGES.find(({ kind }) => kind === 'gitlab')!
    const { host } = await startForge(forge)
    try {
      const groups = new Map([['acme', 1]])
      host.intercept(({ method, path, body }) => {
        const asked = /\/namespaces\/(.+)$/.exec(path)
        if (asked) {
          const id = groups.get(decodeURIComponent(asked[1]!))
          return id === undefined ? { status: 404, body: {} } : { status: 200, body: { id } }
        }
        if (path !== '/api/v4/groups' || method !== 'POST') return undefined
        const { name, parent_id: parent } = body as { name: string; parent_id: number }
        const above = [...groups].find(([, id]) => id === parent)![0]
        groups.set(`${above}/${name}`, groups.size + 1)
        return { status: 201, body: { id: groups.size } }
      })
      const open = async (path: string): Promise<Host> =>
        await openHost(
          {
            url: parseRemoteUrl(`${host.origin}${path}`, 'd'),
            credentials: { token: TOKEN },
            freshToken: false,
          },
          { kind: 'gitlab', api: undefined, env: {}, signal: new AbortController().signal },
        )
      expect(await (await open('/acme/one/two/new')).create(PRIVATE)).toBe(true)
      expect([...groups.keys()]).toEqual(['acme', 'acme/one', 'acme/one/two'])
      const error = await refusal((await open('/nobody/new')).create(PRIVATE))
      expect(error.message).toContain('there is no group or user nobody')
    } finally {
      await host[Symbol.asyncDispose]()
    }
  })

  it('reads rules page by page, and follows no link to another server', async () => {
    const { host, state } = await startForge(FORGES.find(({ kind }) => kind === 'gitlab')!)
    try {
      state.exists = true
      const opened = await openHost(
        {
          url: parseRemoteUrl(`${host.origin}/acme/deep/new`, 'd'),
          credentials: { token: TOKEN },
          freshToken: false,
        },
        { kind: 'gitlab', api: undefined, env: {}, signal: new AbortController().signal },
      )
      const page = (name: string, link: string): HostReply => ({
        status: 200,
        body: [{ name, allow_force_push: false }],
        headers: { link: `<${link}>; rel="next"` },
      })
      host.intercept(({ query, path }) =>
        query.get('page') === null
          ? page('one', `${host.origin}${path}?page=2`)
          : { status: 200, body: [{ name: 'two' }] },
      )
      expect((await opened.listProtected!()).map(({ rule }) => rule)).toEqual(['one', 'two'])
      host.intercept(() => page('one', 'http://127.0.0.1:9/elsewhere'))
      expect((await refusal(opened.listProtected!())).message).toContain('leads to another server')
    } finally {
      await host[Symbol.asyncDispose]()
    }
  })
})
