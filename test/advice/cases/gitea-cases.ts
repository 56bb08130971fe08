import { HOOK, type RowCase } from '../advice-cases.ts'

const GITLAB_PUSH = 'remote: GitLab: You are not allowed to push code to protected branches on this project.'

export const GITEA_CASES: readonly RowCase[] = [
  {
    id: 'gitea-no-repository',
    is: [
      { code: 'not-found', text: 'Gitea: Cannot find repository: org/missing', side: 'destination' },
      { code: 'not-found', text: 'Cannot find repository org/missing', side: 'destination' },
      { code: 'server', text: 'Forgejo: Push to create is not enabled for users.', side: 'destination' },
      {
        code: 'auth',
        status: 403,
        advice: 'no-write-permission',
        text: 'Push to create is not enabled for organizations.',
        side: 'destination',
      },
    ],
    isNot: [{ code: 'server', text: 'Repository not found' }],
  },
  {
    id: 'gitea-not-authorized',
    is: [
      {
        code: 'auth',
        advice: 'no-write-permission',
        text: 'Gitea: User: 2:reader with Key: 4:laptop is not authorized to write to org/r.',
        side: 'destination',
      },
      {
        code: 'server',
        text: 'Gitea: Deploy Key: 7:mirror is not authorized to write to org/r.',
        side: 'destination',
      },
    ],
    isNot: [
      { code: 'auth', text: 'Gitea: Deploy Key: 7:mirror is not authorized to read org/r.' },
      { code: 'auth', text: 'TF400813: The user is not authorized to access this resource.' },
    ],
  },
  {
    id: 'gitea-not-readable',
    is: [
      {
        code: 'auth',
        advice: 'no-read-permission',
        text: 'Gitea: User: 2:reader with Key: 4:laptop is not authorized to read org/r.',
        side: 'source',
      },
    ],
    isNot: [
      {
        code: 'auth',
        text: 'Gitea: Deploy Key: 7:mirror is not authorized to write to org/r.',
        side: 'destination',
      },
    ],
  },
  {
    id: 'gitea-protected-files',
    is: [{ lines: ['Gitea: branch main is protected from changing file .gitea/workflows/ci.yml'] }],
    isNot: [{ lines: ['Gitea: branch main is protected from force push'] }],
  },
  {
    id: 'gitea-signed-commits',
    is: [{ lines: [`Gitea: branch main is protected from unverified commit ${'a'.repeat(40)}`] }],
    isNot: [{ lines: ['Gitea: branch main is protected from force push'] }],
  },
  {
    id: 'gitea-protected-branch',
    is: [
      { lines: ['remote: Forgejo: branch main is protected from force push'] },
      { lines: ["Gitea: Branch 'main' is protected from deletion"], action: 'delete' },
      { lines: ['Gitea: Not allowed to push to protected branch main'] },
      { lines: ['Gitea: Not allowed to force-push to protected branch main'] },
      { lines: ['Gitea: protected branch main can not be pushed to'] },
      { lines: ["Gogs: Branch 'main' is protected"] },
    ],
    isNot: [{ lines: [GITLAB_PUSH] }, HOOK, { lines: ['branch main is protected, says this hook'] }],
  },
  {
    id: 'gitea-protected-tag',
    is: [{ lines: ['remote: Gitea: Tag v1 is protected'], ref: 'refs/tags/v1' }],
    isNot: [
      { lines: ['remote: Gitea: Tag v1 is protected'] },
      { lines: ['Tag v1 is protected, says this hook'], ref: 'refs/tags/v1' },
    ],
  },
]
