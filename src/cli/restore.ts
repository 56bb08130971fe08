import { type Backups, chooseBackups, listBackups, readBackupTime } from '../mirror/restore.ts'
import type { MirrorOptions } from '../options/options.ts'

import { printableLine } from '../base/printable.ts'
import { redact } from '../report/redact.ts'
import { printUrl } from '../transport/address/remote-url.ts'
import { type Arguments, usage } from './terminal/arguments.ts'
import { type CommandRun, EXIT_OK, type Terminal } from './terminal/command.ts'
import { createOptionsRun } from './mirror.ts'

/**
 * Lists the old values that a destination has kept, or brings some of them back: a mirror whose source is the
 * destination itself.
 * @throws MirrorError `usage`
 */
export function createRestoreRun(given: Arguments, terminal: Terminal): CommandRun {
  const [destination = '', ...others] = given.positionals
  if (destination === '') throw usage('DESTINATION is missing', 'See --help.')
  if (others.length > 0) throw usage('restore takes one DESTINATION', 'Restore each for itself.')
  const at = readAt(given.texts.get('at'))
  const hasRefs = given.values.refs !== undefined
  const isListing = at === undefined && !hasRefs && !given.flags.has('all')
  return createOptionsRun(given, terminal, {
    // What is overwritten now is kept, too, unless that is forbidden.
    values: { destination, backup: 'true' },
    async prepare({ printer, secrets, signal, read, withTokens }) {
      const options = await withTokens(read({ restores: true }))
      const backups = await listBackups(options, printer.reporter, signal)
      if (!isListing)
        return chooseBackups(options, backups, { at, refspecs: hasRefs ? options.refspecs : undefined })
      printer.close()
      const text = given.flags.has('json') ? renderList(options, backups) : backups.map(describe).join('')
      terminal.stdout.write(redact(text, secrets))
      if (backups.length === 0) printer.line(`nothing was kept at ${printUrl(options.source.url)}`)
      return EXIT_OK
    },
  })
}

function readAt(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  const time = readBackupTime(text)
  if (time !== undefined) return time
  throw usage(
    `--at: "${printableLine(text, 80)}" is not a time`,
    'Write one as the list has it: 20261130T171500Z.',
  )
}

function describe({ time, ref, id }: Backups[number]): string {
  return `${time} ${printableLine(ref, 1000)} ${id}\n`
}

function renderList({ source }: MirrorOptions, backups: Backups): string {
  return `${JSON.stringify({ version: 1, destination: printUrl(source.url), backups }, undefined, 2)}\n`
}
