import { createJsonClient } from '../json-client.ts'
import { createOrFind, field, type Host, orMissing, type OpenHost, statusOf, textField } from './host.ts'
import { refuseToken } from './refuse-token.ts'
import { refuseFormat } from './refuse-format.ts'

const TOKEN_HINT =
  'Give an HTTP access token with Project admin to make repositories, Repository admin for the rest.'

/** Bitbucket Data Center: `/rest/api/1.0`. */
export const openBitbucketServerHost: OpenHost = (question) => {
  const headers = { authorization: `Bearer ${question.token}` }
  const client = createJsonClient({ ...question, base: question.api, headers, tokenHint: TOKEN_HINT })
  // Addresses over http have `scm` before the project.
  const [key = '', slug = ''] = question.path[0] === 'scm' ? question.path.slice(1) : question.path
  const repositories = `projects/${encodeURIComponent(key)}/repos`
  const repository = `${repositories}/${encodeURIComponent(slug.toLowerCase())}`
  const host: Host = {
    kind: 'bitbucket-server',
    async look() {
      const answer = await orMissing(() => client.get(repository))
      if (answer === undefined) return undefined
      const branch = await orMissing(() => client.get(`${repository}/branches/default`))
      return {
        defaultBranch: textField(branch?.value, 'displayId'),
        archived: field(answer.value, 'archived') === true,
        isMirror: false,
        mayPush: undefined,
      }
    },
    async create({ visibility, format }) {
      if (visibility === 'internal') throw refuseToken.internal('Bitbucket Data Center')
      refuseFormat('Bitbucket', format)
      const make = (): Promise<unknown> =>
        client.send('POST', repositories, { name: slug, scmId: 'git', public: visibility === 'public' })
      return await createOrFind(host, make, 'Project admin')
    },
    async setDefaultBranch(branch) {
      const body = { id: `refs/heads/${branch}` }
      try {
        await client.send('PUT', `${repository}/branches/default`, body)
      } catch (thrown) {
        // Newer versions have it under another name.
        if (statusOf(thrown) !== 404 && statusOf(thrown) !== 405) throw thrown
        await client.send('PUT', `${repository}/default-branch`, body)
      }
    },
    dispose: () => client.dispose(),
  }
  return host
}
