import { toMirrorError } from '../../base/errors.ts'
import { describeMessage } from '../../report/wording.ts'

/** Milliseconds: a round is over, and nobody waits long for its sign of life. */
const TIME_LIMIT_MS = 10_000

/**
 * Asks for the address that notices when rounds stay away: as it is after a good round, with `/fail` behind its path
 * after another one. @returns what went wrong, in words; its address is a secret
 */
export async function beat(
  url: URL,
  round: { readonly ok: boolean; readonly env: NodeJS.ProcessEnv },
): Promise<string | undefined> {
  const target = new URL(url)
  if (!round.ok) target.pathname = `${target.pathname.replace(/\/+$/, '')}/fail`
  const { createJsonClient } = await import('../../hosts/json-client.ts')
  const client = createJsonClient({
    base: target,
    headers: { accept: '*/*' },
    env: round.env,
    signal: AbortSignal.timeout(TIME_LIMIT_MS),
    mostWait: 0,
  })
  try {
    await client.getText(target)
    return undefined
  } catch (thrown) {
    return `the heartbeat was not taken: ${describeMessage(toMirrorError(thrown, { code: 'cut' }))}`
  } finally {
    await client.dispose()
  }
}
