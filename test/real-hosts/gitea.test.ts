import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { waitFor } from '../support/processes.ts'
import type { Endpoint } from '../support/real-hosts/endpoint.ts'
import { type Gitea, startGitea } from '../support/real-hosts/gitea.ts'
import { describeMirror } from '../support/real-hosts/mirror-story.ts'

describe('Gitea', () => {
  let gitea: Gitea

  beforeAll(async () => {
    gitea = await startGitea()
  })

  afterAll(() => gitea?.[Symbol.asyncDispose]())

  /** The host's own view, which follows a push by a queue: branches, tags, and a default branch that is there. */
  const look = async (destination: Endpoint, refs: ReadonlyMap<string, string>): Promise<void> => {
    const repository = /([^/]+\/[^/]+)\.git$/.exec(destination.url)![1]!
    const names = (prefix: string): string[] =>
      [...refs.keys()]
        .filter((name) => name.startsWith(prefix) && !name.endsWith('^{}'))
        .map((name) => name.slice(prefix.length))
    const list = async (kind: string): Promise<string[]> => {
      // Nothing but null while it takes the repository for empty.
      const items = await gitea.api<{ name: string }[] | null>('GET', `/repos/${repository}/${kind}?limit=50`)
      return (items ?? []).map(({ name }) => name).toSorted()
    }
    const view = async (): Promise<object> => {
      const { default_branch, empty } = await gitea.api<Record<string, unknown>>(
        'GET',
        `/repos/${repository}`,
      )
      return { branches: await list('branches'), tags: await list('tags'), default_branch, empty }
    }
    const expected = {
      branches: names('refs/heads/').toSorted(),
      tags: names('refs/tags/').toSorted(),
      default_branch: 'main',
      empty: false,
    }
    const isSeen = async (): Promise<boolean> => isDeepStrictEqual(await view(), expected)
    await waitFor('what Gitea shows', isSeen, 10_000).catch(() => undefined)
    expect(await view()).toEqual(expected)
  }

  for (const transport of ['http', 'ssh'] as const) {
    describeMirror(transport, {
      few: true,
      create: async (side) => gitea.endpoint(await gitea.create(`${transport}-${side}`), transport),
      look: async (destination, refs) => {
        if (destination.url.includes('127.0.0.1')) await look(destination, refs)
      },
    })
  }
})
