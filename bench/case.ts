import type { RepositoryName, StepKind } from './repositories.ts'
import type { Over } from './servers.ts'

export const CONTENDERS = [
  'limit',
  'git',
  'ls-remote',
  'raw',
  'bare',
  'python-kalandra',
  'git-sync',
  'kalandra',
] as const

export type ContenderName = (typeof CONTENDERS)[number]

export interface Case {
  readonly name: string
  readonly title: string
  readonly repository: RepositoryName
  /**
   * - `first`: into an empty repository
   * - `nothing`: into an equal one
   * - `sink`: into nowhere, the road to it alone
   * - else: what the source has more than the destination
   */
  readonly kind: 'first' | 'nothing' | 'sink' | StepKind
  readonly overs: readonly Over[]
  readonly contenders: readonly ContenderName[]
}
