import { joinReports } from '../fleet/report/join-reports.ts'
import { renderRoundText } from '../fleet/report/round-text.ts'
import { readReportFiles } from '../fleet/source/report-files.ts'
import { type Arguments, usage } from './terminal/arguments.ts'
import { type CommandRun, EXIT_FAILED, EXIT_OK, type Terminal } from './terminal/command.ts'
import { createFleetRun } from './fleet-verb.ts'

/** `report FILE…`: one report of all shards, and a failure where one is missing. */
export function createReportRun({ positionals }: Arguments, terminal: Terminal): CommandRun {
  return createFleetRun(terminal, async () => {
    if (positionals.length === 0)
      throw usage('FILE is missing', 'Give the files that round --report-file wrote.')
    const report = joinReports(await readReportFiles(positionals))
    terminal.stdout.write(`${renderRoundText(report).join('\n')}\n`)
    return report.ok ? EXIT_OK : EXIT_FAILED
  })
}
