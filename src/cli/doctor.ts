import { printableLine } from '../base/printable.ts'
import { examine, type Finding } from '../mirror/doctor.ts'
import { safeLine } from '../report/redact.ts'
import type { Arguments } from './terminal/arguments.ts'
import { type CommandRun, EXIT_FAILED, EXIT_OK, type Terminal } from './terminal/command.ts'
import { createOptionsRun, readAddresses } from './mirror.ts'

const LINE_LENGTH = 1000

/**
 * Says what can be known of a mirror without writing anything, one line each.
 * @throws MirrorError `usage`
 */
export function createDoctorRun(given: Arguments, terminal: Terminal): CommandRun {
  return createOptionsRun(given, terminal, {
    values: readAddresses(given.positionals),
    async prepare({ printer, secrets, signal, read, withTokens }) {
      const { findings } = await examine(await withTokens(read()), signal)
      printer.close()
      const lines = given.flags.has('json')
        ? findings.map((finding) => JSON.stringify(finding))
        : findings.map((finding) => describe(finding))
      for (const line of lines) terminal.stdout.write(`${safeLine(line, secrets, LINE_LENGTH)}\n`)
      return findings.some(({ level }) => level === 'error') ? EXIT_FAILED : EXIT_OK
    },
  })
}

function describe({ level, place, text, remedy }: Finding): string {
  const said = printableLine(text, LINE_LENGTH).replace(/\.$/, '')
  return `${level.padEnd('warning'.length)}  ${place}: ${said}${remedy === undefined ? '' : `. ${remedy}`}`
}
