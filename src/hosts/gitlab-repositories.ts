import { MirrorError } from '../base/errors.ts'
import {
  flagAt,
  type FoundRepository,
  isRecord,
  type ListRepositories,
  listAt,
  pathBelow,
  textAt,
} from './found-repository.ts'
import { createJsonClient, type JsonClient } from './json-client.ts'

/** All of a group's projects, those of its subgroups included, without those that others share with it; else a user's. */
export const listGitLabRepositories: ListRepositories = async (question) => {
  const { api, owner, token } = question
  const client = createJsonClient({
    ...question,
    base: api,
    // Taken for personal, project and group tokens as well as for OAuth.
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  })
  const id = encodeURIComponent(owner)
  const rest = 'per_page=100&order_by=id&sort=asc'
  try {
    return await collect(
      client,
      owner,
      `groups/${id}/projects?include_subgroups=true&with_shared=false&${rest}`,
    )
  } catch (thrown) {
    if (!(thrown instanceof MirrorError && thrown.code === 'not-found')) throw thrown
    return await collect(client, owner, `users/${id}/projects?${rest}`)
  } finally {
    await client.dispose()
  }
}

async function collect(client: JsonClient, owner: string, path: string): Promise<readonly FoundRepository[]> {
  const found: FoundRepository[] = []
  for await (const { value } of client.pages(path)) {
    for (const project of listAt(value)) {
      found.push({
        owner,
        path: pathBelow(owner, textAt(project, 'path_with_namespace')),
        address: textAt(project, 'http_url_to_repo'),
        archived: flagAt(project, 'archived'),
        fork: isRecord(project) && isRecord(project['forked_from_project']),
        empty: flagAt(project, 'empty_repo'),
      })
    }
  }
  return found
}
