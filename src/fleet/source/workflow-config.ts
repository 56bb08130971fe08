import { MirrorError, withDetails } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'
import type { ConfigSource } from '../config/fleet-file.ts'
import { inlineConfig, isInline, readConfigFile } from './load-config.ts'

export interface WorkflowConfigInput {
  /** The text of a config, or a path. */
  readonly config: string
  readonly env: NodeJS.ProcessEnv
  readonly workflowToken: string
  readonly signal: AbortSignal
}

/** A config, and whether its file is in the workspace: annotations can then point at it. */
export interface WorkflowConfig {
  readonly source: ConfigSource
  readonly isInWorkspace: boolean
}

/**
 * The config of a workflow: inline, a file of the workspace, or one of the repository in which the workflow runs, as it
 * is in the commit that started it. So a fleet needs no checkout.
 * @throws MirrorError that names the path
 */
export async function loadWorkflowConfig(input: WorkflowConfigInput): Promise<WorkflowConfig> {
  const { config, env } = input
  const folder = env['GITHUB_WORKSPACE'] || process.cwd()
  if (isInline(config)) return { source: inlineConfig(config, folder), isInWorkspace: false }
  try {
    return { source: readConfigFile(config, folder), isInWorkspace: true }
  } catch (thrown) {
    const repository = env['GITHUB_REPOSITORY'] ?? ''
    if (!isMissing(thrown) || repository === '') throw thrown
    return { source: await fetchConfig(input, { repository, folder }), isInWorkspace: false }
  }
}

function isMissing(thrown: unknown): boolean {
  const cause =
    thrown instanceof MirrorError ? (thrown.cause as NodeJS.ErrnoException | undefined) : undefined
  return cause?.code === 'ENOENT' || cause?.code === 'ENOTDIR'
}

async function fetchConfig(
  { config, env, workflowToken, signal }: WorkflowConfigInput,
  { repository, folder }: { readonly repository: string; readonly folder: string },
): Promise<ConfigSource> {
  const path = config.replace(/^\.\//, '')
  const name = printableLine(config, 300)
  const { readRepositoryFile } = await import('../../hosts/github-contents.ts')
  try {
    const ref = env['GITHUB_SHA'] || 'HEAD'
    return {
      text: await readRepositoryFile({ repository, path, ref, token: workflowToken, env, signal }),
      name,
      folder,
    }
  } catch (thrown) {
    if (!(thrown instanceof MirrorError)) throw thrown
    throw withDetails(
      thrown,
      { hint: 'Check the path. Without a checkout the job needs `permissions: contents: read`.' },
      `config: ${name} is not in the workspace, and not to be had from ${repository}: ${thrown.message}`,
    )
  }
}
