import { createJsonClient } from '../json-client.ts'
import { createOrFind, field, type Host, orMissing, type OpenHost, textField } from './host.ts'
import { refuseToken } from './refuse-token.ts'
import { refuseFormat } from './refuse-format.ts'

const TOKEN_HINT =
  'Give a token with the scopes repository:write and repository:admin; app passwords no longer work.'

/** User names that stand for an access token rather than for a person. */
const TOKEN_USERS = new Set(['x-token-auth', 'x-access-token', 'x-bitbucket-api-token-auth'])

/** Bitbucket Cloud: `/2.0`. */
export const openBitbucketHost: OpenHost = (question) => {
  const { token, username } = question
  const [workspace = '', slug = ''] = question.path
  const isPerson = username !== undefined && !TOKEN_USERS.has(username)
  const authorization = isPerson
    ? `Basic ${Buffer.from(`${username}:${token}`).toString('base64')}`
    : `Bearer ${token}`
  const client = createJsonClient({
    ...question,
    base: question.api,
    headers: { authorization },
    tokenHint: TOKEN_HINT,
  })
  const repository = `repositories/${encodeURIComponent(workspace)}/${encodeURIComponent(slug.toLowerCase())}`
  const host: Host = {
    kind: 'bitbucket',
    async look() {
      const answer = await orMissing(() => client.get(repository))
      if (answer === undefined) return undefined
      return {
        defaultBranch: textField(field(answer.value, 'mainbranch'), 'name'),
        archived: false,
        isMirror: false,
        mayPush: undefined,
      }
    },
    async create({ visibility, format }) {
      if (visibility === 'internal') throw refuseToken.internal('Bitbucket Cloud')
      refuseFormat('Bitbucket', format)
      const make = (): Promise<unknown> =>
        client.send('POST', repository, { scm: 'git', name: slug, is_private: visibility === 'private' })
      return await createOrFind(host, make, 'repository:admin in that workspace')
    },
    async setDefaultBranch(branch) {
      await client.send('PUT', repository, { mainbranch: { name: branch } })
    },
    dispose: () => client.dispose(),
  }
  return host
}
