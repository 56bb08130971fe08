import type { RowCase } from '../advice-cases.ts'
import { SIZE_CASES } from './size-cases.ts'
import { GITHUB_CASES } from './github-cases.ts'
import { GITLAB_CASES } from './gitlab-cases.ts'
import { AZURE_CASES } from './azure-cases.ts'
import { GITEA_CASES } from './gitea-cases.ts'
import { GERRIT_CASES } from './gerrit-cases.ts'
import { HOST_CASES } from './host-cases.ts'
import { GIT_CASES } from './git-cases.ts'
import { LOGIN_CASES } from './login-cases.ts'
import { REPOSITORY_CASES } from './repository-cases.ts'
import { NETWORK_CASES } from './network-cases.ts'

/** Real sentences for each row of the table, in its order. */
export const ROW_CASES: readonly RowCase[] = [
  ...SIZE_CASES,
  ...GITHUB_CASES,
  ...GITLAB_CASES,
  ...AZURE_CASES,
  ...GITEA_CASES,
  ...GERRIT_CASES,
  ...HOST_CASES,
  ...GIT_CASES,
  ...LOGIN_CASES,
  ...REPOSITORY_CASES,
  ...NETWORK_CASES,
]
