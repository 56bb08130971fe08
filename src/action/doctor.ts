import { appendFileSync } from 'node:fs'
import { cleanLine } from '../doctor/describe.ts'
import { countLevels, examineFleet } from '../fleet/doctor/examine-fleet.ts'
import { describeVerdict, renderPage, renderText } from '../fleet/doctor/render.ts'
import type { Fleet } from '../fleet/prepare.ts'
import type { Core } from './core.ts'

/** `doctor` for a whole file: the log, the page of the job, and the exit status. */
export async function runFleetDoctor(
  core: Core,
  given: {
    readonly fleet: Fleet
    readonly env: NodeJS.ProcessEnv
    readonly signal: AbortSignal
    readonly line: (text: string) => string
  },
): Promise<number> {
  const { fleet, env, signal, line } = given
  const examination = await examineFleet({
    fleet,
    signal,
    onNotice: (text) => core.info(line(text)),
    onSecret: (token) => core.setSecret(token),
  })
  const verdict = line(`doctor: ${describeVerdict(examination)}`)
  for (const text of renderText(examination)) core.info(cleanLine(text, line))
  const path = env['GITHUB_STEP_SUMMARY']
  if (path) appendFileSync(path, renderPage(examination, fleet.secrets))
  const { errors } = countLevels(examination)
  if (errors > 0) core.error(verdict)
  return errors > 0 ? 1 : 0
}
