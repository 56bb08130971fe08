/** What the action needs of @actions/core: GitHub's "Workflow commands for GitHub Actions". */
export type Core = typeof import('./used-core.ts')

/** Loads @actions/core: a file more, which is read while servers are waited for. */
export async function loadCore(): Promise<Core> {
  return await import('./used-core.ts')
}
