import { AZURE_ROWS } from './azure-rows.ts'
import { GERRIT_ROWS } from './gerrit-rows.ts'
import { GIT_ROWS } from './git-rows.ts'
import { GITEA_ROWS } from './gitea-rows.ts'
import { GITHUB_ROWS } from './github-rows.ts'
import { GITLAB_ROWS } from './gitlab-rows.ts'
import { HOST_ROWS } from './host-rows.ts'
import { LOGIN_ROWS } from './login-rows.ts'
import { NETWORK_ROWS } from './network-rows.ts'
import { REPOSITORY_ROWS } from './repository-rows.ts'
import type { AdviceRow } from './row.ts'
import { SIZE_ROWS } from './size-rows.ts'

/**
 * What servers say, what it means, and what may be tried. The most specific row comes first, and the first that fits
 * counts: limits, for their words stand in other refusals too; then each host's own words; then git's; then the way in.
 */
export const ADVICE_TABLE: readonly AdviceRow[] = [
  ...SIZE_ROWS,
  ...GITHUB_ROWS,
  ...GITLAB_ROWS,
  ...AZURE_ROWS,
  ...GITEA_ROWS,
  ...GERRIT_ROWS,
  ...HOST_ROWS,
  ...GIT_ROWS,
  ...LOGIN_ROWS,
  ...REPOSITORY_ROWS,
  ...NETWORK_ROWS,
]
