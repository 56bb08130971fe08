import { MirrorError } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'
import { createJsonClient, type JsonClient } from '../json-client.ts'
import {
  createOrFind,
  field,
  type Host,
  isRuleFor,
  listOf,
  orMissing,
  type OpenHost,
  type ProtectedBranch,
  textField,
  wordsOf,
} from './host.ts'
import { refuseFormat } from './refuse-format.ts'

const TOKEN_HINT = 'Give a token with the scope api, and the role Maintainer or Owner.'
const DEVELOPER = 30

/** GitLab: `/api/v4`. */
export const openGitLabHost: OpenHost = (question) => {
  const headers = { 'private-token': question.token }
  const client = createJsonClient({ ...question, base: question.api, headers, tokenHint: TOKEN_HINT })
  const name = question.path.at(-1) ?? ''
  const groups = question.path.slice(0, -1)
  const project = `projects/${encodeURIComponent(question.path.join('/'))}`
  const listRules = async (): Promise<readonly ProtectedBranch[]> => {
    const rules: ProtectedBranch[] = []
    for await (const { value } of client.pages(`${project}/protected_branches?per_page=100`)) {
      for (const rule of listOf(value)) {
        rules.push({
          rule: textField(rule, 'name') ?? '',
          allowsForce: field(rule, 'allow_force_push') === true,
        })
      }
    }
    return rules
  }
  const setForce = async (rule: string, allows: boolean, signal = question.signal): Promise<void> => {
    const other =
      signal === question.signal
        ? client
        : createJsonClient({ ...question, base: question.api, headers, signal })
    try {
      await other.send('PATCH', `${project}/protected_branches/${encodeURIComponent(rule)}`, {
        allow_force_push: allows,
      })
    } finally {
      if (other !== client) await other.dispose()
    }
  }
  const host: Host = {
    kind: 'gitlab',
    async look() {
      const answer = await orMissing(() => client.get(project))
      if (answer === undefined) return undefined
      const { value } = answer
      return {
        defaultBranch: textField(value, 'default_branch'),
        archived: field(value, 'archived') === true,
        isMirror: field(value, 'mirror') === true,
        isEmpty: field(value, 'empty_repo') === true,
        mayPush: mayPush(value),
      }
    },
    async create({ visibility, format }) {
      refuseFormat('GitLab', format)
      const make = async (): Promise<unknown> => {
        const namespace = await findNamespace(client, groups)
        return await client.send('POST', 'projects', {
          name,
          path: name,
          namespace_id: namespace,
          visibility,
          initialize_with_readme: false,
          auto_devops_enabled: false,
        })
      }
      return await createOrFind(host, make, 'the scope api, and the role Developer or above in the group')
    },
    async setDefaultBranch(branch) {
      await client.send('PUT', project, { default_branch: branch })
    },
    listProtected: listRules,
    async allowForce(branch, mayLift) {
      const found = (await listRules()).filter(
        ({ rule, allowsForce }) => !allowsForce && isRuleFor(rule, branch),
      )
      for (const { rule } of found) {
        if (!(await mayLift(rule))) return false
        await setForce(rule, true)
      }
      return found.length > 0
    },
    forbidForce: (rule, signal) => setForce(rule, false, signal),
    async readExpiry() {
      const answer = await orMissing(() => client.get('personal_access_tokens/self'))
      const text = textField(answer?.value, 'expires_at')
      return text === undefined ? undefined : new Date(`${text.slice(0, 10)}T00:00:00Z`)
    },
    dispose: () => client.dispose(),
  }
  return host
}

function mayPush(value: unknown): boolean | undefined {
  const permissions = field(value, 'permissions')
  const levels = ['project_access', 'group_access'].map((key) =>
    field(field(permissions, key), 'access_level'),
  )
  const known = levels.filter((level) => typeof level === 'number')
  return known.length === 0 ? undefined : known.some((level) => level >= DEVELOPER)
}

/** The id of the group, or of the user's own namespace; groups in groups are made where they are missing. */
async function findNamespace(client: JsonClient, groups: readonly string[]): Promise<number> {
  const path = groups.join('/')
  const found = await orMissing(() => client.get(`namespaces/${encodeURIComponent(path)}`))
  const id = field(found?.value, 'id')
  if (typeof id === 'number') return id
  const name = groups.at(-1)
  if (groups.length < 2 || name === undefined) {
    throw new MirrorError(`there is no group or user ${printableLine(path, 200)} that this token may see`, {
      code: 'not-found',
      side: 'destination',
      status: 404,
      hint: 'Make the group first: GitLab makes only groups within groups for a token.',
    })
  }
  const parent = await findNamespace(client, groups.slice(0, -1))
  try {
    const made = await client.send('POST', 'groups', {
      name,
      path: name,
      parent_id: parent,
      visibility: 'private',
    })
    return Number(field(made.value, 'id'))
  } catch (thrown) {
    // Another run may have been faster.
    const again = await orMissing(() => client.get(`namespaces/${encodeURIComponent(path)}`))
    const known = field(again?.value, 'id')
    if (typeof known === 'number') return known
    const words = wordsOf(thrown instanceof MirrorError ? thrown.serverText : undefined)
    throw new MirrorError(
      `the group ${printableLine(path, 200)} could not be made: ${words || 'GitLab refused it'}`,
      {
        code: 'auth',
        side: 'destination',
        hint: TOKEN_HINT,
        cause: thrown,
      },
    )
  }
}
