import type { HostKind } from '../../src/hosts/api/host.ts'
import { type FakeHost, type HostReply, type HostRequest, startFakeHost } from './fake-host.ts'

/** What a fake host knows of its one repository. */
export interface ForgeState {
  exists: boolean
  defaultBranch: string | undefined
  /** What was sent to make it. */
  made: unknown
  /** The token may not make repositories. */
  mayNotCreate: boolean
  /** Rules of GitLab and Gitea: whether a pattern lets a branch be forced. */
  rules: Record<string, boolean>
}

export interface Forge {
  readonly kind: HostKind
  /** Path of the repository in addresses, with the slash before it. */
  readonly address: string
  /** Base of the API below the origin. */
  readonly api: string
  /** Header and value that open it. */
  readonly login: readonly [header: string, value: string]
  readonly answer: (request: HostRequest, state: ForgeState) => HostReply | undefined
  /** What is sent to make a private repository. */
  readonly body: unknown
}

export const TOKEN = 'a-token-of-a-test'

/** Hosts as `facts` of their documentation have them: routes, statuses, words. */
export const FORGES: readonly Forge[] = [
  {
    kind: 'github',
    address: '/acme/new',
    api: '/api/v3',
    login: ['authorization', `token ${TOKEN}`],
    body: { name: 'new', private: true, auto_init: false },
    answer({ method, path, body }, state) {
      if (path === '/api/v3/repos/acme/new' && method === 'GET') {
        const headers = { 'github-authentication-token-expiration': '2026-12-03 10:00:00 UTC' }
        if (!state.exists) return { status: 404, body: { message: 'Not Found' }, headers }
        const repository = {
          default_branch: state.defaultBranch,
          permissions: { push: true },
          archived: false,
        }
        return { status: 200, body: repository, headers }
      }
      if (path === '/api/v3/orgs/acme/repos' && method === 'POST') {
        if (state.mayNotCreate)
          return { status: 403, body: { message: 'Resource not accessible by personal access token' } }
        const errors = [
          {
            resource: 'Repository',
            code: 'custom',
            field: 'name',
            message: 'name already exists on this account',
          },
        ]
        if (state.exists) return { status: 422, body: { message: 'Repository creation failed.', errors } }
        return make(state, body, 201)
      }
      if (path === '/api/v3/repos/acme/new' && method === 'PATCH')
        return setBranch(state, body, 'default_branch')
      if (path === '/api/v3/repos/acme/new/branches')
        return { status: 200, body: [{ name: 'main', protected: true }] }
      return undefined
    },
  },
  {
    kind: 'gitlab',
    address: '/acme/deep/new',
    api: '/api/v4',
    login: ['private-token', TOKEN],
    body: {
      name: 'new',
      path: 'new',
      namespace_id: 7,
      visibility: 'private',
      initialize_with_readme: false,
      auto_devops_enabled: false,
    },
    answer({ method, path, body }, state) {
      const project = '/api/v4/projects/acme%2Fdeep%2Fnew'
      if (path === project && method === 'GET') {
        if (!state.exists) return undefined
        const permissions = { project_access: { access_level: 40 }, group_access: null }
        return { status: 200, body: { default_branch: state.defaultBranch, archived: false, permissions } }
      }
      if (path === '/api/v4/namespaces/acme%2Fdeep') return { status: 200, body: { id: 7 } }
      if (path === '/api/v4/projects' && method === 'POST') {
        if (state.mayNotCreate) return { status: 403, body: { message: '403 Forbidden' } }
        const taken = ['has already been taken']
        if (state.exists)
          return {
            status: 400,
            body: { message: { name: taken, path: taken, 'project_namespace.name': taken } },
          }
        return make(state, body, 201)
      }
      if (path === project && method === 'PUT') return setBranch(state, body, 'default_branch')
      if (path === `${project}/protected_branches` && method === 'GET') {
        const rules = Object.entries(state.rules)
        return { status: 200, body: rules.map(([name, allow_force_push]) => ({ name, allow_force_push })) }
      }
      const rule = new RegExp(`^${project}/protected_branches/(.+)$`).exec(path)
      if (rule && method === 'PATCH') {
        state.rules[decodeURIComponent(rule[1]!)] = (body as { allow_force_push: boolean }).allow_force_push
        return { status: 200, body: {} }
      }
      if (path === '/api/v4/personal_access_tokens/self')
        return { status: 200, body: { expires_at: '2026-12-03' } }
      return undefined
    },
  },
  {
    kind: 'gitea',
    address: '/acme/new.git',
    api: '/api/v1',
    login: ['authorization', `token ${TOKEN}`],
    body: { name: 'new', private: true, auto_init: false },
    answer({ method, path, body }, state) {
      const repository = '/api/v1/repos/acme/new'
      if (path === repository && method === 'GET') {
        if (!state.exists) return undefined
        return { status: 200, body: { default_branch: state.defaultBranch, permissions: { push: true } } }
      }
      if (path === '/api/v1/orgs/acme/repos' && method === 'POST') {
        const message = 'Given user is not allowed to create repository in organization.'
        if (state.mayNotCreate) return { status: 403, body: { message } }
        if (state.exists)
          return { status: 409, body: { message: 'The repository with the same name already exists.' } }
        return make(state, body, 201)
      }
      if (path === repository && method === 'PATCH') return setBranch(state, body, 'default_branch')
      if (path === `${repository}/branch_protections` && method === 'GET') {
        const rules = Object.entries(state.rules)
        return {
          status: 200,
          body: rules.map(([rule_name, enable_force_push]) => ({ rule_name, enable_force_push })),
        }
      }
      const rule = new RegExp(`^${repository}/branch_protections/(.+)$`).exec(path)
      if (rule && method === 'PATCH') {
        state.rules[decodeURIComponent(rule[1]!)] = (body as { enable_force_push: boolean }).enable_force_push
        return { status: 200, body: {} }
      }
      return undefined
    },
  },
  {
    kind: 'bitbucket',
    address: '/acme/new.git',
    api: '/2.0',
    login: ['authorization', `Bearer ${TOKEN}`],
    body: { scm: 'git', name: 'new', is_private: true },
    answer({ method, path, body }, state) {
      if (path !== '/2.0/repositories/acme/new') return undefined
      if (method === 'GET') {
        const mainbranch = state.defaultBranch === undefined ? null : { name: state.defaultBranch }
        return state.exists ? { status: 200, body: { mainbranch } } : undefined
      }
      if (method === 'POST') {
        if (state.mayNotCreate)
          return { status: 403, body: { error: { message: 'You cannot administer this workspace.' } } }
        const message = 'Repository with this Slug and Owner already exists.'
        return state.exists ? { status: 400, body: { error: { message } } } : make(state, body, 200)
      }
      state.defaultBranch = (body as { mainbranch: { name: string } }).mainbranch.name
      return { status: 200, body: {} }
    },
  },
  {
    kind: 'bitbucket-server',
    address: '/scm/ACME/new.git',
    api: '/rest/api/1.0',
    login: ['authorization', `Bearer ${TOKEN}`],
    body: { name: 'new', scmId: 'git', public: false },
    answer({ method, path, body }, state) {
      const repository = '/rest/api/1.0/projects/ACME/repos/new'
      if (path === repository && method === 'GET')
        return state.exists ? { status: 200, body: { slug: 'new' } } : undefined
      if (path === `${repository}/branches/default` && method === 'GET') {
        return state.defaultBranch === undefined
          ? undefined
          : { status: 200, body: { displayId: state.defaultBranch } }
      }
      if (path === '/rest/api/1.0/projects/ACME/repos' && method === 'POST') {
        const errors = (message: string): object => ({
          errors: [{ context: null, message, exceptionName: 'x' }],
        })
        if (state.mayNotCreate)
          return { status: 401, body: errors('You are not permitted to access this resource') }
        if (state.exists) return { status: 409, body: errors('This repository URL is already taken.') }
        return make(state, body, 201)
      }
      if (path === `${repository}/default-branch` && method === 'PUT') {
        state.defaultBranch = (body as { id: string }).id.replace('refs/heads/', '')
        return { status: 204 }
      }
      return undefined
    },
  },
  {
    kind: 'azure',
    address: '/acme/a%20project/_git/new',
    api: '',
    login: ['authorization', `Basic ${Buffer.from(`:${TOKEN}`).toString('base64')}`],
    body: { name: 'new' },
    answer({ method, path, body, query }, state) {
      if (query.get('api-version') !== '7.1')
        return { status: 400, body: { message: 'No api-version was supplied' } }
      const repositories = '/acme/a%20project/_apis/git/repositories'
      if (path === `${repositories}/new` && method === 'GET') {
        const defaultBranch =
          state.defaultBranch === undefined ? {} : { defaultBranch: `refs/heads/${state.defaultBranch}` }
        const message =
          'TF401019: The Git repository with name or identifier new does not exist or you do not have permissions'
        return state.exists
          ? { status: 200, body: { id: 'a-guid', ...defaultBranch } }
          : { status: 404, body: { message } }
      }
      if (path === repositories && method === 'POST') {
        if (state.mayNotCreate)
          return { status: 403, body: { message: 'TF401027: You need the Git CreateRepository permission' } }
        return state.exists
          ? { status: 409, body: { message: 'TF400948: A Git repository with the name new already exists.' } }
          : make(state, body, 201)
      }
      if (path === `${repositories}/a-guid` && method === 'PATCH') {
        state.defaultBranch = (body as { defaultBranch: string }).defaultBranch.replace('refs/heads/', '')
        return { status: 200, body: {} }
      }
      return undefined
    },
  },
]

/** Starts a forge with no repository yet; a wrong login is refused with 401. */
export async function startForge(
  forge: Forge,
): Promise<{ readonly host: FakeHost; readonly state: ForgeState }> {
  const state: ForgeState = {
    exists: false,
    defaultBranch: undefined,
    made: undefined,
    mayNotCreate: false,
    rules: {},
  }
  const [header, value] = forge.login
  const host = await startFakeHost((request) => {
    const isProbe = /version$|meta$|application-properties$/.test(request.path)
    if (!isProbe && request.headers[header] !== value)
      return { status: 401, body: { message: '401 Unauthorized' } }
    return forge.answer(request, state)
  })
  return { host, state }
}

function make(state: ForgeState, body: unknown, status: number): HostReply {
  state.exists = true
  state.made = body
  return { status, body: { id: 1 } }
}

function setBranch(state: ForgeState, body: unknown, key: string): HostReply {
  state.defaultBranch = (body as Record<string, string>)[key]
  return { status: 200, body: {} }
}
