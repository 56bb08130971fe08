import { encodeBasic } from '../transport/address/credentials.ts'
import {
  type FoundRepository,
  isRecord,
  type ListRepositories,
  listAt,
  pathBelow,
  textAt,
} from './found-repository.ts'
import { createJsonClient } from './json-client.ts'

/** The repositories of a workspace of Bitbucket Cloud. It has no archive. */
export const listBitbucketRepositories: ListRepositories = async (question) => {
  const { api, owner, token, username } = question
  const client = createJsonClient({ ...question, base: api, headers: loginHeaders(token, username) })
  const found: FoundRepository[] = []
  const first = `repositories/${encodeURIComponent(owner)}?pagelen=100`
  try {
    for await (const { value } of client.pages(
      first,
      (answer) => textAt(answer.value, 'next') || undefined,
    )) {
      for (const repository of listAt(isRecord(value) ? value['values'] : undefined)) {
        found.push({
          owner,
          path: pathBelow(owner, textAt(repository, 'full_name')),
          address: cloneAddress(repository),
          archived: false,
          fork: isRecord(repository) && isRecord(repository['parent']),
          empty: isRecord(repository) && repository['mainbranch'] === null,
        })
      }
    }
    return found
  } finally {
    await client.dispose()
  }
}

/** Access tokens go as Bearer; an API token of a person goes with the person's mail address. */
function loginHeaders(
  token: string | undefined,
  username: string | undefined,
): Readonly<Record<string, string>> {
  if (token === undefined) return {}
  const isPerson = username?.includes('@') === true
  return { authorization: isPerson ? encodeBasic({ username, password: token }) : `Bearer ${token}` }
}

/** The https link holds the name of the person that asks. */
function cloneAddress(repository: unknown): string {
  const links =
    isRecord(repository) && isRecord(repository['links']) ? repository['links']['clone'] : undefined
  const link = listAt(links).find((entry) => textAt(entry, 'name') === 'https')
  const url = URL.parse(textAt(link, 'href'))
  if (url === null) return ''
  url.username = ''
  url.password = ''
  return url.href
}
