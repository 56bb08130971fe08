import { prepareFleet } from '../fleet/prepare.ts'
import { explainMirror } from '../fleet/explain.ts'
import { redact } from '../report/redact.ts'
import { formatPlural } from '../report/wording.ts'
import type { Arguments } from './terminal/arguments.ts'
import { type CommandRun, EXIT_OK, type Terminal } from './terminal/command.ts'
import { createFleetRun, readPrepareInput } from './fleet-verb.ts'
import { MirrorError } from '../base/errors.ts'
import { printableLine } from '../base/printable.ts'

/** `check CONFIG [--explain NAME]`: reads, refuses, prints; asks no server. */
export function createCheckRun(given: Arguments, terminal: Terminal): CommandRun {
  return createFleetRun(terminal, async (signal, voice) => {
    const input = readPrepareInput(given, terminal, { signal, voice, depth: 'everything', discovers: false })
    const fleet = await prepareFleet(input)
    for (const { level, text } of fleet.notices)
      voice.printer().line(`${level === 'warning' ? 'warning: ' : ''}${text}`)
    const name = given.texts.get('explain')
    if (name !== undefined) {
      const mirror = fleet.mirrors.find((one) => one.name === name)
      if (mirror === undefined) {
        throw new MirrorError(`--explain: there is no mirror "${printableLine(name, 100)}" in the file`, {
          code: 'usage',
          hint: 'plan lists the names.',
        })
      }
      const text = explainMirror(mirror, fleet.file).join('\n')
      terminal.stdout.write(`${redact(text, fleet.secrets)}\n`)
      return EXIT_OK
    }
    const entries = fleet.file.mirrors.length - fleet.mirrors.length
    const discovers =
      entries === 0
        ? ''
        : `, and ${formatPlural(entries, 'entry').replace('entrys', 'entries')} with discover`
    terminal.stdout.write(
      `${fleet.file.name} ${fleet.file.files.length === 1 ? 'is' : 'are'} right: ${formatPlural(fleet.mirrors.length, 'mirror')}${discovers}.\n`,
    )
    return EXIT_OK
  })
}
