import { ACCESS_ROWS } from './advice-access.ts'
import { GIT_ROWS } from './advice-git.ts'
import { HOST_ROWS } from './advice-hosts.ts'
import type { AdviceRow } from './advice-row.ts'

/** What servers say, and what it means. The first row that fits counts; a host's own words come before git's. */
export const ADVICE_TABLE: readonly AdviceRow[] = [...HOST_ROWS, ...GIT_ROWS, ...ACCESS_ROWS]
