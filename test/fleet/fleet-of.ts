import { ConfigError, renderConfigError } from '../../src/fleet/config/config-error.ts'
import { type Fleet, type PrepareInput, prepareFleet } from '../../src/fleet/prepare.ts'

export type FleetInput = Partial<PrepareInput>

/** The fleet of a config text. */
export function fleetOf(text: string, more: FleetInput = {}): Promise<Fleet> {
  return prepareFleet({
    config: [{ text, name: 'mirrors.yml', folder: '/nowhere' }],
    env: {},
    signal: new AbortController().signal,
    only: [],
    shard: undefined,
    depth: 'credentials',
    discovers: true,
    ...more,
  })
}

/** What is wrong with it, in lines without the name of the file. */
export async function refusalOf(text: string, more: FleetInput = {}): Promise<readonly string[]> {
  try {
    await fleetOf(text, more)
    return []
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return renderConfigError(error).map((line) => line.replace(/^mirrors\.yml:/, ''))
  }
}
