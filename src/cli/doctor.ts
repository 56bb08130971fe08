import { cleanFinding, cleanLine, describeFinding } from '../doctor/describe.ts'
import { examine } from '../doctor/examine.ts'
import { countLevels, examineFleet } from '../fleet/doctor/examine-fleet.ts'
import { renderLines, renderText } from '../fleet/doctor/render.ts'
import { prepareFleet } from '../fleet/prepare.ts'
import { redact, safeLine, type Secrets } from '../report/redact.ts'
import type { Arguments } from './terminal/arguments.ts'
import { type CommandRun, EXIT_FAILED, EXIT_OK, type Terminal } from './terminal/command.ts'
import { createFleetRun, readPrepareInput } from './fleet-verb.ts'
import { createOptionsRun, readAddresses } from './mirror.ts'

const LINE_LENGTH = 2000

/**
 * Says what can be known of a mirror, or of all mirrors of a file, without writing anything, one line each.
 * @throws MirrorError `usage`
 */
export function createDoctorRun(given: Arguments, terminal: Terminal): CommandRun {
  return given.positionals.length === 1 ? runForFile(given, terminal) : runForPair(given, terminal)
}

function runForPair(given: Arguments, terminal: Terminal): CommandRun {
  return createOptionsRun(given, terminal, {
    values: readAddresses(given.positionals),
    async prepare({ printer, secrets, signal, read, withTokens }) {
      const options = await withTokens(read())
      const onEvent = given.flags.has('verbose') ? printer.reporter : undefined
      const { findings } = await examine(options, { signal, onEvent })
      printer.close()
      if (given.flags.has('json')) {
        for (const one of findings)
          terminal.stdout.write(`${redact(JSON.stringify(cleanFinding(one)), secrets)}\n`)
      } else print(findings.map(describeFinding), terminal, secrets)
      return findings.some(({ level }) => level === 'error') ? EXIT_FAILED : EXIT_OK
    },
  })
}

function runForFile(given: Arguments, terminal: Terminal): CommandRun {
  return createFleetRun(terminal, async (signal, voice) => {
    const input = readPrepareInput(given, terminal, { signal, voice, depth: 'credentials', discovers: true })
    const fleet = await prepareFleet(input)
    voice.setSecrets(fleet.secrets)
    for (const name of fleet.tooShort) voice.printer().line(`warning: ${name} is too short to be hidden`)
    for (const { level, text } of fleet.notices)
      voice.printer().line(`${level === 'warning' ? 'warning: ' : ''}${text}`)
    const onNotice = (text: string): void => voice.printer().line(text)
    const examination = await examineFleet({ fleet, signal, onNotice })
    if (given.flags.has('json')) {
      for (const line of renderLines(examination)) terminal.stdout.write(`${redact(line, fleet.secrets)}\n`)
    } else print(renderText(examination), terminal, fleet.secrets)
    return countLevels(examination).errors > 0 ? EXIT_FAILED : EXIT_OK
  })
}

function print(lines: readonly string[], { stdout }: Terminal, secrets: Secrets): void {
  for (const line of lines)
    stdout.write(`${cleanLine(line, (text) => safeLine(text, secrets, LINE_LENGTH))}\n`)
}
