import { createJsonClient } from '../json-client.ts'
import {
  createOrFind,
  field,
  type Host,
  type HostQuestion,
  isRuleFor,
  listOf,
  mayPushBy,
  orMissing,
  type OpenHost,
  type ProtectedBranch,
  textField,
} from './host.ts'
import { refuseToken } from './refuse-token.ts'

const TOKEN_HINT =
  'Give a token with write:repository, and write:organization or write:user to make repositories.'

/** Gitea, Forgejo and Codeberg: `/api/v1`. */
export const openGiteaHost: OpenHost = (question) => {
  const [owner = '', name = ''] = question.path
  const headers = { authorization: `token ${question.token}` }
  const client = createJsonClient({ ...question, base: question.api, headers, tokenHint: TOKEN_HINT })
  const repository = `repos/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`
  const listRules = async (): Promise<readonly ProtectedBranch[]> =>
    listOf((await client.get(`${repository}/branch_protections`)).value).map((rule) => ({
      rule: textField(rule, 'rule_name') ?? textField(rule, 'branch_name') ?? '',
      allowsForce: field(rule, 'enable_force_push') === true,
    }))
  const setForce = async (rule: string, allows: boolean, signal = question.signal): Promise<void> => {
    const other =
      signal === question.signal
        ? client
        : createJsonClient({ ...question, base: question.api, headers, signal })
    try {
      await other.send('PATCH', `${repository}/branch_protections/${encodeURIComponent(rule)}`, {
        enable_force_push: allows,
      })
    } finally {
      if (other !== client) await other.dispose()
    }
  }
  const host: Host = {
    kind: 'gitea',
    async look() {
      const answer = await orMissing(() => client.get(repository))
      if (answer === undefined) return undefined
      const { value } = answer
      return {
        defaultBranch: textField(value, 'default_branch'),
        archived: field(value, 'archived') === true,
        isMirror: field(value, 'mirror') === true,
        isEmpty: field(value, 'empty') === true,
        mayPush: mayPushBy(value),
      }
    },
    async create({ visibility, format }) {
      if (visibility === 'internal') throw refuseToken.internal('Gitea')
      const body = {
        name,
        private: visibility === 'private',
        auto_init: false,
        ...(format === 'sha1' ? {} : { object_format_name: format }),
      }
      const make = async (): Promise<unknown> => {
        const answer = await orMissing(() =>
          client.send('POST', `orgs/${encodeURIComponent(owner)}/repos`, body),
        )
        return answer ?? (await makeOwn(client, question, body))
      }
      return await createOrFind(
        host,
        make,
        'write:organization for an organisation, write:user for your own account',
      )
    },
    async setDefaultBranch(branch) {
      await client.send('PATCH', repository, { default_branch: branch })
    },
    listProtected: listRules,
    async allowForce(branch, mayLift) {
      const rules = await listRules()
      // The rule with the branch's own name goes before a pattern.
      const found =
        rules.find(({ rule }) => rule === branch) ?? rules.find(({ rule }) => isRuleFor(rule, branch))
      if (found === undefined || found.allowsForce || !(await mayLift(found.rule))) return false
      await setForce(found.rule, true)
      return true
    },
    forbidForce: (rule, signal) => setForce(rule, false, signal),
    dispose: () => client.dispose(),
  }
  return host
}

/** No organisation: the account of the token, where it is the one that is meant. */
async function makeOwn(
  client: ReturnType<typeof createJsonClient>,
  { path: [owner = ''] }: HostQuestion,
  body: object,
): Promise<unknown> {
  const login = textField((await client.get('user')).value, 'login') ?? ''
  if (login.toLowerCase() === owner.toLowerCase()) return await client.send('POST', 'user/repos', body)
  throw refuseToken.owner(owner, login)
}
