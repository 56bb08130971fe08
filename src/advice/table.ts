import { ACCESS_ROWS } from './access-rows.ts'
import { GIT_ROWS } from './git-rows.ts'
import { HOST_ROWS } from './host-rows.ts'
import type { AdviceRow } from './row.ts'

/** What servers say, and what it means. The first row that fits counts; a host's own words come before git's. */
export const ADVICE_TABLE: readonly AdviceRow[] = [...HOST_ROWS, ...GIT_ROWS, ...ACCESS_ROWS]
