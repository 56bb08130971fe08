import { MirrorError } from '../../base/errors.ts'
import { createJsonClient } from '../json-client.ts'
import { createOrFind, field, type Host, orMissing, type OpenHost, textField } from './host.ts'
import { refuseFormat } from './refuse-format.ts'

const TOKEN_HINT = 'Give a personal access token with Code: Read, write & manage.'
const VERSION = 'api-version=7.1'

/** Azure DevOps: `_apis/git/repositories` of a project. */
export const openAzureHost: OpenHost = (question) => {
  const { project, name } = readPath(question.path)
  const authorization = `Basic ${Buffer.from(`:${question.token}`).toString('base64')}`
  const client = createJsonClient({
    ...question,
    base: question.api,
    headers: { authorization },
    tokenHint: TOKEN_HINT,
  })
  const repositories = `${project.map(encodeURIComponent).join('/')}/_apis/git/repositories`
  const read = async (): Promise<unknown> =>
    (await orMissing(() => client.get(`${repositories}/${encodeURIComponent(name)}?${VERSION}`)))?.value
  const host: Host = {
    kind: 'azure',
    async look() {
      const value = await read()
      if (value === undefined) return undefined
      return {
        defaultBranch: textField(value, 'defaultBranch')?.replace(/^refs\/heads\//, ''),
        archived: field(value, 'isDisabled') === true,
        isMirror: false,
        mayPush: undefined,
      }
    },
    async create({ format }) {
      refuseFormat('Azure DevOps', format)
      const make = (): Promise<unknown> => client.send('POST', `${repositories}?${VERSION}`, { name })
      return await createOrFind(
        host,
        make,
        'Code: Read, write & manage, and Create repository in the project',
      )
    },
    async setDefaultBranch(branch) {
      // A change names the repository by its id.
      const id = textField(await read(), 'id')
      if (id === undefined)
        throw new MirrorError('Azure DevOps does not show the repository', { code: 'not-found' })
      await client.send('PATCH', `${repositories}/${encodeURIComponent(id)}?${VERSION}`, {
        defaultBranch: `refs/heads/${branch}`,
      })
    },
    dispose: () => client.dispose(),
  }
  return host
}

/** `ORG/PROJECT/_git/NAME`, `ORG/_git/NAME` where the project has that name, and `v3/ORG/PROJECT/NAME` over ssh. */
function readPath(path: readonly string[]): { readonly project: readonly string[]; readonly name: string } {
  const words = /^v\d$/.test(path[0] ?? '') ? path.slice(1) : path
  const name = words.at(-1) ?? ''
  const before = words.slice(0, -1)
  if (before.at(-1) !== '_git') return { project: before, name }
  const project = before.slice(0, -1)
  return { project: project.length < 2 ? [...project, name] : project, name }
}
