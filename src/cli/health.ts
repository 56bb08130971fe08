import { request } from 'node:http'
import { type Arguments, usage } from './terminal/arguments.ts'
import {
  type CommandRun,
  describeError,
  EXIT_FAILED,
  EXIT_OK,
  statusOf,
  type Terminal,
} from './terminal/command.ts'

const DEFAULT_URL = 'http://127.0.0.1:8080'
/** Milliseconds: whoever asks for health wants to know it now. */
const TIME_LIMIT_MS = 5000

/** `health [URL]`: whether a server is alive, for images that have nothing else to ask with. */
export function createHealthRun(given: Arguments, terminal: Terminal): CommandRun {
  const [text = DEFAULT_URL, ...others] = given.positionals
  const url = URL.parse(text)
  if (url?.protocol !== 'http:' || others.length > 0) {
    throw usage('URL is not one http:// address', `Leave it out for ${DEFAULT_URL}.`)
  }
  const target = new URL('/healthz', url)
  return {
    async run(signal) {
      const problem = await ask(target, AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]))
      terminal.stdout.write(problem === undefined ? 'ok\n' : `not healthy: ${problem}\n`)
      return problem === undefined ? EXIT_OK : EXIT_FAILED
    },
    abandon(error) {
      terminal.stderr.write(`${describeError(error)}\n`)
      return statusOf(error)
    },
  }
}

/** What is wrong; undefined: nothing. No proxy is used: it asks the machine that it runs on. */
async function ask(url: URL, signal: AbortSignal): Promise<string | undefined> {
  return await new Promise((resolve) => {
    const asked = request(url, { signal, agent: false }, (response) => {
      response.resume()
      resolve(response.statusCode === 200 ? undefined : `HTTP ${response.statusCode ?? 0}`)
    })
    asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'no answer'))
    asked.end()
  })
}
