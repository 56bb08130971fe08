import { makeGitHubClient } from './github-client.ts'
import { createOrFind, field, type Host, mayPushBy, orMissing, type OpenHost, textField } from './host.ts'
import { refuseFormat } from './refuse-format.ts'
import { refuseToken } from './refuse-token.ts'

const PAGE_LENGTH = 100

/** Nobody reads more names of protected branches than these. */
const MOST_PAGES = 10

/** GitHub, its Enterprise Server, and data residency. */
export const openGitHubHost: OpenHost = async (question) => {
  const [owner = '', repo = ''] = question.path
  const client = await makeGitHubClient(question)
  const host: Host = {
    kind: 'github',
    async look() {
      const answer = await orMissing(() => client.ask('GET /repos/{owner}/{repo}', { owner, repo }))
      if (answer === undefined) return undefined
      return {
        defaultBranch: textField(answer.data, 'default_branch'),
        archived: field(answer.data, 'archived') === true || field(answer.data, 'disabled') === true,
        isMirror: false,
        mayPush: mayPushBy(answer.data),
      }
    },
    async create({ visibility, format }) {
      refuseFormat('GitHub', format)
      const body = { name: repo, private: visibility !== 'public', auto_init: false }
      const make = async (): Promise<unknown> => {
        const inOrganisation = { ...body, ...(visibility === 'internal' ? { visibility } : {}), org: owner }
        const made = await orMissing(() => client.ask('POST /orgs/{org}/repos', inOrganisation))
        if (made !== undefined) return made
        if (visibility === 'internal')
          throw refuseToken.internal('GitHub outside of an organisation of an enterprise')
        const login = textField((await client.ask('GET /user')).data, 'login') ?? ''
        if (login.toLowerCase() !== owner.toLowerCase()) throw refuseToken.owner(owner, login)
        return await client.ask('POST /user/repos', body)
      }
      return await createOrFind(host, make, 'Administration: write, or the classic scope repo')
    },
    async setDefaultBranch(branch) {
      await client.ask('PATCH /repos/{owner}/{repo}', { owner, repo, default_branch: branch })
    },
    async listProtected() {
      const branches: unknown[] = []
      // Counted rather than by `Link`, which may lead anywhere.
      for (let page = 1; page <= MOST_PAGES; page++) {
        const query = { owner, repo, protected: true, per_page: PAGE_LENGTH, page }
        const { data } = await client.ask('GET /repos/{owner}/{repo}/branches', query)
        const found = Array.isArray(data) ? (data as readonly unknown[]) : []
        branches.push(...found)
        if (found.length < PAGE_LENGTH) break
      }
      // Whether a rule lets somebody force is told to administrators alone.
      return branches.map((branch) => ({ rule: textField(branch, 'name') ?? '', allowsForce: false }))
    },
    async readExpiry() {
      // It stands in every answer to a token that ends, also in one about a repository that is not there yet.
      await orMissing(() => client.ask('GET /repos/{owner}/{repo}', { owner, repo }))
      const text = client.header('github-authentication-token-expiration') ?? ''
      const date = new Date(text.replace(' UTC', 'Z').replace(' ', 'T'))
      return Number.isNaN(date.getTime()) ? undefined : date
    },
    async dispose() {},
  }
  return host
}
