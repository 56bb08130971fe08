import { MirrorError } from '../base/errors.ts'
import {
  flagAt,
  type FoundRepository,
  type ListRepositories,
  listAt,
  pathBelow,
  textAt,
} from './found-repository.ts'
import { createJsonClient, type JsonAnswer, type JsonClient } from './json-client.ts'

const PAGE_LENGTH = 50

/** An organisation's repositories, else a user's, at Gitea and Forgejo. */
export const listGiteaRepositories: ListRepositories = async (question) => {
  const { api, owner, token } = question
  const client = createJsonClient({
    ...question,
    base: api,
    headers: token === undefined ? {} : { authorization: `token ${token}` },
  })
  const name = encodeURIComponent(owner)
  try {
    return await collect(client, owner, `orgs/${name}/repos`)
  } catch (thrown) {
    if (!(thrown instanceof MirrorError && thrown.code === 'not-found')) throw thrown
    return await collect(client, owner, `users/${name}/repos`)
  } finally {
    await client.dispose()
  }
}

async function collect(client: JsonClient, owner: string, path: string): Promise<readonly FoundRepository[]> {
  const found: FoundRepository[] = []
  let page = 1
  let hasLinks = false
  const address = (): string => `${path}?page=${page}&limit=${PAGE_LENGTH}`
  /** A server may cap a page below what was asked for: a short page is not the last one. */
  const next = (answer: JsonAnswer): string | URL | undefined => {
    hasLinks ||= answer.next !== undefined
    if (hasLinks) return answer.next
    const total = Number(answer.header('x-total-count') ?? Number.POSITIVE_INFINITY)
    page++
    return listAt(answer.value).length === 0 || found.length >= total ? undefined : address()
  }
  for await (const { value } of client.pages(address(), next)) {
    for (const repository of listAt(value)) {
      found.push({
        owner,
        path: pathBelow(owner, textAt(repository, 'full_name')),
        address: textAt(repository, 'clone_url'),
        archived: flagAt(repository, 'archived'),
        fork: flagAt(repository, 'fork'),
        empty: flagAt(repository, 'empty'),
      })
    }
  }
  return found
}
