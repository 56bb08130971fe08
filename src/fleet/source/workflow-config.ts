import { MirrorError, withDetails } from '../../base/errors.ts'
import { printableLine } from '../../base/printable.ts'
import { splitLines } from '../../options/values.ts'
import type { ConfigSource } from '../config/fleet-file.ts'
import { inlineConfig, isInline, pickConfigs, readConfigPath } from './load-config.ts'

export interface WorkflowConfigInput {
  /** The text of a config, or paths of files and folders, one a line. */
  readonly config: string
  readonly env: NodeJS.ProcessEnv
  readonly workflowToken: string
  readonly signal: AbortSignal
}

/** A config, and whether its files are in the workspace: annotations can then point at them. */
export interface WorkflowConfig {
  readonly sources: readonly ConfigSource[]
  readonly isInWorkspace: boolean
}

/**
 * The config of a workflow: inline, files of the workspace, or those of the repository in which the workflow runs, as they
 * are in the commit that started it. So a fleet needs no checkout.
 * @throws MirrorError that names the path
 */
export async function loadWorkflowConfig(input: WorkflowConfigInput): Promise<WorkflowConfig> {
  const { config, env } = input
  const folder = env['GITHUB_WORKSPACE'] || process.cwd()
  if (isInline(config)) return { sources: [inlineConfig(config, folder)], isInWorkspace: false }
  const sources: ConfigSource[] = []
  let isInWorkspace = true
  for (const { line: path } of splitLines(config)) {
    try {
      sources.push(...readConfigPath(path, folder))
    } catch (thrown) {
      const repository = env['GITHUB_REPOSITORY'] ?? ''
      if (!isMissing(thrown) || repository === '') throw thrown
      sources.push(...(await fetchConfigs(input, { path, repository, folder })))
      isInWorkspace = false
    }
  }
  return { sources, isInWorkspace }
}

function isMissing(thrown: unknown): boolean {
  const cause =
    thrown instanceof MirrorError ? (thrown.cause as NodeJS.ErrnoException | undefined) : undefined
  return cause?.code === 'ENOENT' || cause?.code === 'ENOTDIR'
}

async function fetchConfigs(
  { env, workflowToken, signal }: WorkflowConfigInput,
  given: { readonly path: string; readonly repository: string; readonly folder: string },
): Promise<readonly ConfigSource[]> {
  const { path, repository, folder } = given
  const name = printableLine(path, 300)
  const { readRepositoryPath } = await import('../../hosts/github-contents.ts')
  const ask = async (below: string): Promise<string | readonly string[]> =>
    await readRepositoryPath({
      repository,
      path: below,
      ref: env['GITHUB_SHA'] || 'HEAD',
      token: workflowToken,
      env,
      signal,
    })
  try {
    const top = path.replace(/^\.\//, '').replace(/\/+$/, '')
    const found = await ask(top)
    if (typeof found === 'string') return [{ text: found, name, folder }]
    const sources: ConfigSource[] = []
    for (const file of pickConfigs(found, path)) {
      const text = await ask(`${top}/${file}`)
      if (typeof text === 'string')
        sources.push({ text, name: `${name.replace(/\/+$/, '')}/${file}`, folder })
    }
    return sources
  } catch (thrown) {
    if (!(thrown instanceof MirrorError)) throw thrown
    throw withDetails(
      thrown,
      { hint: 'Check the path. Without a checkout the job needs `permissions: contents: read`.' },
      `config: ${name} is not in the workspace, and not to be had from ${repository}: ${thrown.message}`,
    )
  }
}
