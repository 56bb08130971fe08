/** What the action needs of @actions/core: GitHub's "Workflow commands for GitHub Actions". */
export type Core = Pick<
  typeof import('@actions/core'),
  'setSecret' | 'info' | 'warning' | 'error' | 'startGroup' | 'endGroup' | 'setOutput'
>

/**
 * Loads @actions/core. It takes longer than all else of a start, since an HTTP client and a runner of programs that
 * nothing here uses come with it: load it while servers are waited for.
 */
export async function loadCore(): Promise<Core> {
  return await import('@actions/core')
}
